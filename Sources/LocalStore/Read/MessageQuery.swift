package import FonanaCore

/// Which messages of a conversation to read. The newest that fit are taken.
package struct MessageQuery: Hashable, Sendable, Codable {
  package var conversationID: ConversationID
  package var limit: Int
  /// Only what is older than this place.
  package var before: MessagePosition?
  /// Only what was made at this instant or later.
  package var since: Timestamp?
  package var unreadOnly: Bool
  package var includesDeleted: Bool

  package init(
    in conversationID: ConversationID, limit: Int, before: MessagePosition? = nil,
    since: Timestamp? = nil, unreadOnly: Bool = false, includesDeleted: Bool = false
  ) {
    self.conversationID = conversationID
    self.limit = limit
    self.before = before
    self.since = since
    self.unreadOnly = unreadOnly
    self.includesDeleted = includesDeleted
  }
}

/// The answer to a `MessageQuery`.
package struct MessageSlice: Hashable, Sendable, Codable {
  /// Oldest first.
  package var rows: [MessageRow]
  /// Older ones that fit as well.
  package var more: Int
  /// Where messages may be missing among the rows or right below the oldest, newest first; all
  /// gaps of the conversation when no row fits.
  package var gaps: [Gap]
}
