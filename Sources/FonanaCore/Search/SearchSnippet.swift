/// The part of a text around its first match, with the matches told apart from the rest.
package struct SearchSnippet: Hashable, Sendable {
  package struct Part: Hashable, Sendable, Codable {
    package var text: String
    package var isMatch: Bool

    package init(text: String, isMatch: Bool) {
      self.text = text
      self.isMatch = isMatch
    }
  }

  /// Around the matches, as the index marks them.
  package static let (open, close): (Unicode.Scalar, Unicode.Scalar) = ("\u{2}", "\u{3}")
  /// In characters.
  private static let (before, length) = (40, 160)

  /// Never empty unless the text is; joined they are a piece of it, with `…` where it was cut.
  package let parts: [Part]

  package var text: String { parts.map(\.text).joined() }

  /// `marked` is the index text of `content` with `open` and `close` around the matches.
  package init(of content: String, marked: String) {
    let characters = Self.characters(of: content, marked: marked)
    let first = characters.firstIndex(where: \.isMatch) ?? 0
    let start = first <= Self.before ? 0 : first - Self.before
    let end = min(characters.count, start + Self.length)
    var parts: [Part] = start > 0 ? [Part(text: "…", isMatch: false)] : []
    for character in characters[start..<end] {
      if parts.last?.isMatch == character.isMatch {
        parts[parts.count - 1].text.append(character.value)
      } else {
        parts.append(Part(text: String(character.value), isMatch: character.isMatch))
      }
    }
    if end < characters.count { parts.append(Part(text: "…", isMatch: false)) }
    self.parts = parts
  }

  private struct Marked {
    var value: Character
    var isMatch: Bool
  }

  /// Walks through both: what the content does not have was put in by the index or by the marks.
  private static func characters(of content: String, marked: String) -> [Marked] {
    var marks = marked.unicodeScalars.makeIterator()
    var isMatch = false
    var result: [Marked] = []
    for character in content {
      var matches = false
      for scalar in SearchText.folded(character) {
        while let mark = marks.next(), mark != scalar {
          if mark == open { isMatch = true } else if mark == close { isMatch = false }
        }
        matches = matches || isMatch
      }
      result.append(Marked(value: character, isMatch: matches))
    }
    return result
  }
}
