/// Whether bytes are one whole JSON value that is not nested too deeply. Used before somebody
/// else's JSON is kept or sent on as it is.
enum JSONCheck {
  static let depthLimit = 64

  static func isValid(_ slice: JSONSlice) -> Bool {
    guard depth(of: slice.bytes) <= depthLimit else { return false }
    return isValue(slice, levels: depthLimit)
  }

  static func depth(of bytes: some Sequence<UInt8>) -> Int {
    var scan = JSONValueScan()
    for byte in bytes { _ = scan.take(byte) }
    return scan.deepest
  }

  /// Recursion is bounded by `levels`.
  private static func isValue(_ slice: JSONSlice, levels: Int) -> Bool {
    guard levels >= 0, let first = slice.bytes.first else { return false }
    switch first {
    case UInt8(ascii: "{"):
      return slice.object?.members.allSatisfy { isValue($0.value, levels: levels - 1) } ?? false
    case UInt8(ascii: "["):
      return slice.array?.allSatisfy { isValue($0, levels: levels - 1) } ?? false
    case UInt8(ascii: "\""): return slice.string != nil && !hasControls(slice.bytes)
    default: return slice.isNull || slice.bool != nil || isNumber(slice.bytes)
    }
  }

  private static func hasControls(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.contains { $0 < 0x20 }
  }

  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = digits(&rest)
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard !digits(&rest).isEmpty else { return false }
    }
    guard let sign = rest.popFirst() else { return true }
    guard sign == UInt8(ascii: "e") || sign == UInt8(ascii: "E") else { return false }
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    return !digits(&rest).isEmpty && rest.isEmpty
  }

  private static func digits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = rest.prefix { (48...57).contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits
  }
}
