/// Reads JSON text into a tree of bounded depth.
///
/// A reader of our own, since the library's looks every type up at run time the first time it meets
/// it: that cost a command more than all its other work together.
struct JSONParser {
  /// Our own envelopes around what is bounded by `JSONValue.depthLimit`.
  private static let depthLimit = JSONValue.depthLimit * 2

  struct NotJSON: Error {}

  private let bytes: [UInt8]
  private var at = 0
  /// How many members the last object had: in a list the next has as many.
  private var usualCount = 0

  /// The whole of `bytes` is one value. A member that comes twice counts as it came last.
  static func parse(_ bytes: [UInt8]) throws(NotJSON) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.at == bytes.count else { throw NotJSON() }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { at += 1 }
  }

  private mutating func skip(_ sign: UInt8) -> Bool {
    skipSpace()
    guard next == sign else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ sign: UInt8) throws(NotJSON) {
    guard skip(sign) else { throw NotJSON() }
  }

  private mutating func value(depth: Int) throws(NotJSON) -> JSONValue {
    guard depth <= Self.depthLimit else { throw NotJSON() }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func object(depth: Int) throws(NotJSON) -> JSONValue {
    at += 1
    if skip(UInt8(ascii: "}")) { return .object([:]) }
    var members = [String: JSONValue](minimumCapacity: min(usualCount, 32))
    repeat {
      skipSpace()
      let key = try string()
      try expect(UInt8(ascii: ":"))
      members[key] = try value(depth: depth + 1)
    } while skip(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
    usualCount = members.count
    return .object(members)
  }

  private mutating func array(depth: Int) throws(NotJSON) -> JSONValue {
    at += 1
    var elements: [JSONValue] = []
    if skip(UInt8(ascii: "]")) { return .array(elements) }
    repeat { elements.append(try value(depth: depth + 1)) } while skip(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return .array(elements)
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(NotJSON) -> JSONValue
  {
    let end = at + word.utf8CodeUnitCount
    let fits = end <= bytes.count && word.withUTF8Buffer { bytes[at..<end].elementsEqual($0) }
    guard fits else { throw NotJSON() }
    at = end
    return value
  }

  // MARK: numbers

  /// As it was written: RFC 8259, 6.
  private mutating func number() throws(NotJSON) -> String {
    let start = at
    if next == UInt8(ascii: "-") { at += 1 }
    if next == UInt8(ascii: "0") { at += 1 } else { try digits() }
    if next == UInt8(ascii: ".") {
      at += 1
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      at += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() throws(NotJSON) {
    let start = at
    while let byte = next, (0x30...0x39).contains(byte) { at += 1 }
    guard at > start else { throw NotJSON() }
  }

  // MARK: strings

  private mutating func string() throws(NotJSON) -> String {
    guard next == UInt8(ascii: "\"") else { throw NotJSON() }
    at += 1
    let start = at
    var isASCII = true
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      isASCII = isASCII && byte < 0x80
      at += 1
    }
    let plain = bytes[start..<at]
    guard next != UInt8(ascii: "\"") else {
      at += 1
      return isASCII ? String(decoding: plain, as: UTF8.self) : try text(plain)
    }
    return try escapedString(after: plain)
  }

  private func text(_ bytes: some Sequence<UInt8>) throws(NotJSON) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NotJSON() }
    return text
  }

  private mutating func escapedString(after start: ArraySlice<UInt8>) throws(NotJSON) -> String {
    var result = Array(start)
    while let byte = next {
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(result)
      case UInt8(ascii: "\\"): try escape(into: &result)
      case 0..<0x20: throw NotJSON()
      default: result.append(byte)
      }
    }
    throw NotJSON()
  }

  private mutating func escape(into result: inout [UInt8]) throws(NotJSON) {
    guard let sign = next else { throw NotJSON() }
    at += 1
    switch sign {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(sign)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0c)
    case UInt8(ascii: "n"): result.append(0x0a)
    case UInt8(ascii: "r"): result.append(0x0d)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"): result.append(contentsOf: String(Character(try scalar())).utf8)
    default: throw NotJSON()
    }
  }

  /// A surrogate without its other half becomes U+FFFD.
  private mutating func scalar() throws(NotJSON) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
    let mark = at
    guard UTF16.isLeadSurrogate(first), skipEscapedUnit() else { return "\u{fffd}" }
    let second = try codeUnit()
    guard UTF16.isTrailSurrogate(second) else {
      at = mark
      return "\u{fffd}"
    }
    let value = 0x10000 + ((UInt32(first) - 0xd800) << 10) + (UInt32(second) - 0xdc00)
    return Unicode.Scalar(value) ?? "\u{fffd}"
  }

  private mutating func skipEscapedUnit() -> Bool {
    guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u")
    else { return false }
    at += 2
    return true
  }

  private mutating func codeUnit() throws(NotJSON) -> UInt16 {
    guard at + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
      bytes[at] != UInt8(ascii: "+"), bytes[at] != UInt8(ascii: "-")
    else { throw NotJSON() }
    at += 4
    return unit
  }
}
