/// Takes `{…, "NAME": [element, element, …], …}` apart while its bytes arrive: each element alone,
/// the other members at the end. The whole may be of any size; an element may not.
struct JSONArrayStream {
  /// The largest element that is kept.
  static let elementLimit = 8 << 20
  /// The largest other member that is kept.
  static let memberLimit = 1 << 20

  struct Element {
    /// Empty when it is too large.
    var bytes: [UInt8]
    var depth: Int
    var isTooLarge: Bool
  }

  private enum Place {
    case start, name, colon, value, afterMember, firstElement, element, afterElement, end, broken
  }

  private let arrayName: String
  private var place = Place.start
  private var scan: JSONValueScan?
  private var buffer: [UInt8] = []
  private var isTooLarge = false
  private var name = ""
  /// Members other than the array; too large ones are left out.
  private(set) var members: [String: JSONSlice] = [:]
  private(set) var hasArray = false

  init(arrayName: String) { self.arrayName = arrayName }

  /// The object was read to its end.
  var isComplete: Bool { place == .end && hasArray }
  var isBroken: Bool { place == .broken }

  /// Hands each element that is complete to `body`, in order; stops when it returns false.
  mutating func feed(_ bytes: some Sequence<UInt8>, _ body: (Element) -> Bool) {
    for byte in bytes where !take(byte, body) { return }
  }

  private mutating func take(_ byte: UInt8, _ body: (Element) -> Bool) -> Bool {
    if scan != nil { return continueValue(byte, body) }
    if byte.isJSONSpace { return true }
    switch (place, byte) {
    case (.start, UInt8(ascii: "{")): place = .name
    case (.name, UInt8(ascii: "\"")), (.value, _): return beginValue(byte, body)
    case (.name, UInt8(ascii: "}")), (.afterMember, UInt8(ascii: "}")): place = .end
    case (.colon, UInt8(ascii: ":")): place = .value
    case (.afterMember, UInt8(ascii: ",")): place = .name
    case (.firstElement, UInt8(ascii: "]")), (.afterElement, UInt8(ascii: "]")):
      place = .afterMember
    case (.firstElement, _), (.element, _):
      place = .element
      return beginValue(byte, body)
    case (.afterElement, UInt8(ascii: ",")): place = .element
    default: place = .broken
    }
    return true
  }

  private mutating func beginValue(_ byte: UInt8, _ body: (Element) -> Bool) -> Bool {
    if place == .value, name == arrayName, byte == UInt8(ascii: "[") {
      hasArray = true
      place = .firstElement
      return true
    }
    buffer.removeAll(keepingCapacity: buffer.capacity < 1 << 20)
    isTooLarge = false
    scan = JSONValueScan()
    return continueValue(byte, body)
  }

  private mutating func continueValue(_ byte: UInt8, _ body: (Element) -> Bool) -> Bool {
    switch scan?.take(byte) {
    case .more, nil:
      keep(byte)
      return true
    case .endsHere:
      keep(byte)
      return endValue(body)
    case .endedBefore where buffer.isEmpty && !isTooLarge:
      scan = nil
      place = .broken
      return true
    case .endedBefore:
      return endValue(body) && take(byte, body)
    }
  }

  private mutating func keep(_ byte: UInt8) {
    guard !isTooLarge else { return }
    buffer.append(byte)
    if buffer.count > (place == .element ? Self.elementLimit : Self.memberLimit) {
      isTooLarge = true
      buffer = []
    }
  }

  private mutating func endValue(_ body: (Element) -> Bool) -> Bool {
    let depth = scan?.deepest ?? 0
    scan = nil
    switch place {
    case .name:
      name = JSONSlice(buffer).string ?? ""
      place = .colon
    case .value:
      if !isTooLarge { members[name] = JSONSlice(buffer) }
      place = .afterMember
    default:
      place = .afterElement
      return body(Element(bytes: buffer, depth: depth, isTooLarge: isTooLarge))
    }
    return true
  }
}
