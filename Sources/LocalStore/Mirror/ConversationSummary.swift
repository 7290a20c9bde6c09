import FonanaCore
import GRDB

/// What a list of conversations shows of one; a change of it is an event.
struct ConversationSummary: Equatable {
  var participant: UserProfile?
  var last: MessageID?
  /// By the rule of each mode, since the store does not know which one is set.
  var unreadOnRead: Int
  var unreadEager: Int
  var isRemoved: Bool

  /// nil when there is no such conversation.
  init?(of id: ConversationID, in db: Database) throws {
    guard let row = try db.conversation(id) else { return nil }
    participant = try row.participantID.flatMap(db.user)
    last = try db.lastMessage(of: id)?.id
    unreadOnRead = try db.unread(row, mode: .onRead)
    unreadEager = try db.unread(row, mode: .eager)
    isRemoved = row.presence == .gone
  }
}
