package import FonanaCore

/// `conversation.list`.
package struct ConversationListRequest: Codable, Sendable, Hashable {
  package var unreadOnly: Bool
  /// Ask the server for a newer list when the last one is old and it can be reached.
  package var refresh: Bool

  package init(unreadOnly: Bool = false, refresh: Bool = true) {
    self.unreadOnly = unreadOnly
    self.refresh = refresh
  }
}

/// `conversation.read`: prepares, lists and marks (docs/reliability.md, “The mirror”).
package struct ConversationReadRequest: Codable, Sendable, Hashable {
  /// Null: unread conversations.
  @Nullable package var who: String?
  /// Messages; null: 20, or all unread when there are more.
  @Nullable package var limit: Int?
  package var unreadOnly: Bool
  @RFC3339 package var since: Timestamp?
  @Nullable package var before: MessageID?
  /// The whole history with `who`; without it, all unread conversations instead of 10.
  package var all: Bool
  /// Never asks the messages route, marks nothing.
  package var peek: Bool
  /// true: the server is asked, however current the mirror is.
  @Nullable package var fresh: Bool?

  package init(
    who: String? = nil, limit: Int? = nil, unreadOnly: Bool = false, since: Timestamp? = nil,
    before: MessageID? = nil, all: Bool = false, peek: Bool = false,
    fresh: Bool? = nil
  ) {
    self.who = who
    self.limit = limit
    self.unreadOnly = unreadOnly
    self.since = since
    self.before = before
    self.all = all
    self.peek = peek
    self.fresh = fresh
  }
}
