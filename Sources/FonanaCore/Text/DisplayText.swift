/// The one place where text from others is made safe to show.
///
/// Control characters could move the cursor, set the clipboard or fake another sender's line;
/// bidirectional marks could turn words around. Each becomes a visible form.
package enum DisplayText {
  /// Safe for one line: line breaks and tabs become visible too. Longer text is cut with `…`.
  package static func line(_ text: String, limit: Int = .max) -> String {
    if text.utf8.count <= limit, isPlain(text) { return text }
    var result = ""
    var count = 0
    for character in text {
      if count == limit { return result + "…" }
      count += 1
      append(character, to: &result, keepingLayout: false)
    }
    return result
  }

  /// Safe for a body of several lines: keeps `\n` and `\t`; each further line starts with
  /// `indent`, so that a body cannot look like another sender's line.
  package static func block(_ text: String, indent: String = "") -> String {
    if isPlain(text) { return text }
    var result = ""
    for character in text {
      append(character, to: &result, keepingLayout: true)
      if character == "\n" || character == "\r\n" { result += indent }
    }
    return result
  }

  /// The usual case, in which nothing is to be made safe: one line of letters that have no marks
  /// beside them (Latin, Greek, Cyrillic, Han).
  private static func isPlain(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return true }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x20..<0x7f, 0xa0...0x2ff, 0x370...0x482, 0x48a...0x52f, 0x4e00...0x9fff: true
      default: false
      }
    }
  }

  private static let marksPerCharacter = 16

  private static func append(_ character: Character, to result: inout String, keepingLayout: Bool) {
    if character == "\r\n" {
      result += keepingLayout ? "\n" : "↵"
      return
    }
    for scalar in character.unicodeScalars.prefix(marksPerCharacter + 1) {
      if keepingLayout, scalar == "\n" || scalar == "\t" {
        result.unicodeScalars.append(scalar)
      } else {
        append(scalar, to: &result)
      }
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar.value {
    case 0x0a: result += "↵"
    case 0x09: result += " "
    case 0x00...0x1f: result += "^" + String(UnicodeScalar(UInt8(scalar.value + 0x40)))
    case 0x7f: result += "^?"
    case _ where isHidden(scalar):
      result += "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">"
    default: result.unicodeScalars.append(scalar)
    }
  }

  /// C1 controls, bidirectional marks, line and paragraph separators, tag characters, letters that
  /// show nothing, and zero-width signs other than the joiners, the soft hyphen and the variation
  /// selectors that scripts and emoji need.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9f, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x200b, 0x200e,
      0x200f, 0x2028...0x202e, 0x2060...0x206f, 0x3164, 0xfeff, 0xffa0, 0xfff0...0xfffb,
      0x1bca0...0x1bca3, 0x1d173...0x1d17a, 0xe0000...0xe00ff, 0xe01f0...0xe0fff:
      true
    default: false
    }
  }
}
