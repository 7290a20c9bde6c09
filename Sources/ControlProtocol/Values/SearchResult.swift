/// The answer of `message.search`.
package struct SearchResult: Codable, Sendable, Hashable {
  package struct Match: Codable, Sendable, Hashable {
    /// Its text is cut to 1 KiB; `message.get` has it whole.
    package var message: MessageInfo
    /// The part of the text around the first match.
    package var snippet: String
    /// The snippet again, with the matches told apart.
    package var parts: [Part]

    package init(message: MessageInfo, snippet: String, parts: [Part]) {
      self.message = message
      self.snippet = snippet
      self.parts = parts
    }
  }

  package struct Part: Codable, Sendable, Hashable {
    package var text: String
    package var isMatch: Bool

    package init(text: String, isMatch: Bool) {
      self.text = text
      self.isMatch = isMatch
    }
  }

  package var matches: [Match]
  /// All that fit, shown or not.
  package var total: Int
  package var freshness: FreshnessInfo

  package init(matches: [Match], total: Int, freshness: FreshnessInfo) {
    self.matches = matches
    self.total = total
    self.freshness = freshness
  }
}
