/// What a person typed to be searched for, as an expression of SQLite's FTS5 in which nothing of
/// it is syntax: every word must be there, in any order. `"…"` holds words together, a `*` behind a
/// word stands for any ending.
///
/// Source: https://www.sqlite.org/fts5.html, section 3.
package struct SearchExpression: Hashable, Sendable {
  private static let limit = 64

  package let text: String

  /// Throws `.invalidInput` when there is no word in it.
  package init(_ typed: String) throws(FonanaError) {
    let terms = Self.terms(of: typed).filter {
      $0.unicodeScalars.contains(where: SearchText.isIndexed)
    }
    guard !terms.isEmpty else {
      throw FonanaError(
        .invalidInput, "There is no word to search for.",
        hint: "Example:  fonana search “good morning”.")
    }
    guard terms.count <= Self.limit else {
      throw FonanaError(
        .invalidInput, "That is more than \(Self.limit) words.", hint: "Search for fewer.")
    }
    text = terms.map(Self.quoted).joined(separator: " ")
  }

  /// Words, and what stands in quotes as one; an ending `*` stays with its word.
  private static func terms(of typed: String) -> [String] {
    var terms: [String] = []
    var term = ""
    var isInQuotes = false
    var isClosed = false
    for character in typed {
      if isClosed, character != "*" { finish(&term, in: &terms) }
      isClosed = false
      switch character {
      case "\"", "“", "”", "„":
        isInQuotes.toggle()
        isClosed = !isInQuotes
        if isInQuotes { finish(&term, in: &terms) }
      case _ where !isInQuotes && (character.isWhitespace || character.isNewline):
        finish(&term, in: &terms)
      case "\0": break
      default: term.append(character)
      }
    }
    finish(&term, in: &terms)
    return terms
  }

  private static func finish(_ term: inout String, in terms: inout [String]) {
    if !term.isEmpty { terms.append(term) }
    term = ""
  }

  private static func quoted(_ term: String) -> String {
    let isPrefix = term.last == "*"
    let words = isPrefix ? String(term.dropLast()) : term
    return "\"\(SearchText.indexed(words) ?? words)\"\(isPrefix ? "*" : "")"
  }
}
