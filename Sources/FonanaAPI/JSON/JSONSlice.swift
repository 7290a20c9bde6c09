/// A JSON value as the bytes that came. Nothing is decoded before it is asked for, and nothing is
/// decoded recursively: values from others can be arbitrarily deep (docs/protocol.md, 4).
struct JSONSlice: Sendable {
  /// Without space around.
  let bytes: ArraySlice<UInt8>

  init(_ bytes: some Sequence<UInt8>) { self.init(trimming: ArraySlice(bytes)) }

  init(trimming bytes: ArraySlice<UInt8>) {
    let start = bytes.firstIndex { !$0.isJSONSpace } ?? bytes.endIndex
    let end = bytes.lastIndex { !$0.isJSONSpace }.map { $0 + 1 } ?? start
    self.bytes = bytes[start..<max(start, end)]
  }

  var isNull: Bool { bytes.elementsEqual("null".utf8) }

  var bool: Bool? {
    if bytes.elementsEqual("true".utf8) { return true }
    return bytes.elementsEqual("false".utf8) ? false : nil
  }

  /// A finite number.
  var number: Double? {
    guard let first = bytes.first, first == UInt8(ascii: "-") || (48...57).contains(first),
      let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite
    else { return nil }
    return value
  }

  /// A whole number that an `Int` can hold.
  var integer: Int? { number.flatMap { Int(exactly: $0) } }

  /// A text. Lone surrogates and bytes that are no UTF-8 become U+FFFD.
  var string: String? { JSONStringReader.read(bytes) }

  /// As text, unchanged.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The members of an object in order; nil for anything else.
  var object: JSONObject? { JSONObject(bytes) }

  /// The elements of an array; nil for anything else.
  var array: [JSONSlice]? {
    guard bytes.first == UInt8(ascii: "[") else { return nil }
    var cursor = JSONCursor(bytes.dropFirst())
    var elements: [JSONSlice] = []
    if cursor.skip("]") { return cursor.isAtEnd ? elements : nil }
    while let value = cursor.value() {
      elements.append(value)
      if cursor.skip("]") { return cursor.isAtEnd ? elements : nil }
      guard cursor.skip(",") else { return nil }
    }
    return nil
  }
}
