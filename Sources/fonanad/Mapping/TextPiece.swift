/// A part of a text whose ends do not cut a scalar apart.
struct TextPiece {
  let text: String
  /// Where the next piece begins, in bytes; nil: the text ends with this one.
  let next: Int?

  /// An offset inside a scalar goes back to its beginning.
  init(of whole: String, from offset: Int, limit: Int) {
    let bytes = Array(whole.utf8)
    let start = Self.boundary(at: min(max(0, offset), bytes.count), in: bytes)
    let end = Self.boundary(at: min(start + max(4, limit), bytes.count), in: bytes)
    text = String(decoding: bytes[start..<end], as: UTF8.self)
    next = end < bytes.count ? end : nil
  }

  /// The beginning of a text that is longer than `limit`; nil: it is not.
  static func cut(_ text: String?, to limit: Int) -> String? {
    guard let text, text.utf8.count > limit else { return nil }
    return TextPiece(of: text, from: 0, limit: limit).text
  }

  /// Of so many texts in one answer, for each one: all together they are no more than a part of the
  /// socket's 8 MiB.
  static func share(of count: Int) -> Int { (2 << 20) / max(count, 1) }

  private static func boundary(at offset: Int, in bytes: [UInt8]) -> Int {
    var offset = offset
    while offset > 0, offset < bytes.count, bytes[offset] & 0xc0 == 0x80 { offset -= 1 }
    return offset
  }
}
