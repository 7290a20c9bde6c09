import FonanaCore

extension ConfigurationFile {
  /// The reader of TOML ends the process where a table's header begins with no name, such as a
  /// lone “[”, and where a list holds a “}”. Neither has a place in these settings.
  static func refuseWhatEndsTheReader(_ text: String, _ path: String) throws(FonanaError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let hasLongTexts = text.contains("\"\"\"") || text.contains("'''")
    for (index, line) in lines.enumerated() {
      if isHeaderWithoutAName(line.utf8) {
        throw wrong(path, line: index + 1, "it is not TOML: a table has no name.")
      }
      if !hasLongTexts, hasBrace(line.utf8) {
        throw wrong(path, line: index + 1, "a “}” has no place here.")
      }
    }
  }

  private static func isHeaderWithoutAName(_ line: Substring.UTF8View) -> Bool {
    var rest = line.drop(while: isBlank)
    guard rest.first == UInt8(ascii: "[") else { return false }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "[") { rest = rest.dropFirst() }
    guard let first = rest.drop(while: isBlank).first else { return true }
    return !beginsName(first)
  }

  /// Outside of texts and comments.
  private static func hasBrace(_ line: Substring.UTF8View) -> Bool {
    var quote: UInt8?
    var isEscaped = false
    for byte in line {
      switch (quote, byte) {
      case (nil, UInt8(ascii: "#")): return false
      case (nil, UInt8(ascii: "}")): return true
      case (nil, UInt8(ascii: "\"")), (nil, UInt8(ascii: "'")): quote = byte
      case (nil, _): break
      case (_?, _) where isEscaped: isEscaped = false
      case (UInt8(ascii: "\"")?, UInt8(ascii: "\\")): isEscaped = true
      case (let open?, let byte) where open == byte: quote = nil
      default: break
      }
    }
    return false
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// “]” is refused by the reader itself.
  private static func beginsName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"):
      true
    default: false
    }
  }
}
