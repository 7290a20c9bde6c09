package import FonanaCore

/// Which messages of a conversation to read. The newest that fit are taken, or the oldest.
package struct MessageQuery: Hashable, Sendable, Codable {
  package var conversationID: ConversationID
  package var limit: Int
  /// Only what is older than this place.
  package var before: MessagePosition?
  /// Only what was made at this instant or later.
  package var since: Timestamp?
  package var unreadOnly: Bool
  package var includesDeleted: Bool
  /// Only what is newer than this place.
  package var after: MessagePosition?
  package var isOldestFirst = false

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
  /// Older ones that fit as well; not counted when the oldest were asked for.
  package var more: Int
  /// Where messages may be missing among the rows or right below the oldest, newest first; all
  /// gaps of the conversation when no row fits. Of the oldest rows: the gaps that end at one of
  /// them, or behind the last when no row follows; oldest first.
  package var gaps: [MessageGap]
}
