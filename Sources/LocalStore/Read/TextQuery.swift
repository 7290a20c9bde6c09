package import FonanaCore

/// What to look for in the texts of the mirror.
package struct TextQuery: Hashable, Sendable {
  package enum Order: String, Hashable, Sendable {
    /// Newest first.
    case time
    /// Best match first, by FTS5's BM25.
    case relevance
  }

  /// An expression of FTS5: see `SearchExpression`.
  package var expression: String
  package var conversationID: ConversationID?
  package var senderID: UserID?
  /// At this instant or later.
  package var since: Timestamp?
  /// Before this instant.
  package var until: Timestamp?
  package var withMediaOnly = false
  package var paidOnly = false
  package var order = Order.time
  package var limit: Int

  package init(_ expression: String, limit: Int) {
    self.expression = expression
    self.limit = limit
  }
}

/// A message that was found.
package struct TextMatch: Hashable, Sendable {
  package var row: MessageRow
  package var snippet: SearchSnippet
}

/// The answer to a `TextQuery`.
package struct TextMatches: Hashable, Sendable {
  package var matches: [TextMatch]
  /// All that fit, shown or not.
  package var total: Int
}
