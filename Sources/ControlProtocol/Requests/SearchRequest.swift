package import FonanaCore

/// `message.search`: in the texts of the mirror, without any tick.
package struct SearchRequest: Codable, Sendable, Hashable {
  package enum Order: String, Codable, Sendable, CaseIterable {
    case time, relevance
  }

  package var query: String
  /// The query is an expression of SQLite's FTS5.
  package var isRaw: Bool
  /// Whose conversation; null: all.
  @Nullable package var inside: String?
  /// Whose messages; `me` for one's own; null: of all.
  @Nullable package var from: String?
  @RFC3339 package var since: Timestamp?
  @RFC3339 package var until: Timestamp?
  package var withMediaOnly: Bool
  package var paidOnly: Bool
  package var order: Order
  /// At most 500.
  package var limit: Int

  package init(
    query: String, isRaw: Bool = false, inside: String? = nil, from: String? = nil,
    since: Timestamp? = nil, until: Timestamp? = nil, withMediaOnly: Bool = false,
    paidOnly: Bool = false, order: Order = .time, limit: Int = 20
  ) {
    self.query = query
    self.isRaw = isRaw
    self.inside = inside
    self.from = from
    self.since = since
    self.until = until
    self.withMediaOnly = withMediaOnly
    self.paidOnly = paidOnly
    self.order = order
    self.limit = limit
  }
}
