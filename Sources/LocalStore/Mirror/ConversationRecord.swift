import FonanaCore
import GRDB

/// A row of `conversation`.
struct ConversationRecord: Equatable {
  enum Presence: Int, DatabaseValueConvertible {
    case unlisted = 0
    case listed = 1
    case gone = 2
  }

  var id: ConversationID
  var participantID: UserID?
  var createdAt: Timestamp?
  var listUnread = 0
  var lastMessageID: MessageID?
  var newest: MessagePosition?
  var readThrough: MessagePosition?
  var presence = Presence.unlisted

  static let columns = """
    id, participant_id, created_at, list_unread, last_message_id, newest_at, newest_id, read_at, \
    read_id, presence
    """

  init(id: ConversationID) { self.id = id }

  init(_ row: Row) throws {
    id = try row.at(0)
    participantID = try row.at(1)
    createdAt = try row.at(2)
    listUnread = try row.at(3)
    lastMessageID = try row.at(4)
    newest = try row.position(at: 5)
    readThrough = try row.position(at: 7)
    presence = try row.at(9)
  }

  func save(in db: Database) throws {
    try db.run(
      """
      INSERT INTO conversation (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET participant_id = excluded.participant_id,
        created_at = excluded.created_at, list_unread = excluded.list_unread,
        last_message_id = excluded.last_message_id, newest_at = excluded.newest_at,
        newest_id = excluded.newest_id, read_at = excluded.read_at, read_id = excluded.read_id,
        presence = excluded.presence
      """,
      [
        id, participantID, createdAt, listUnread, lastMessageID, newest?.createdAt, newest?.id,
        readThrough?.createdAt, readThrough?.id, presence,
      ])
  }
}

extension Database {
  func conversation(_ id: ConversationID) throws -> ConversationRecord? {
    try first(
      "SELECT \(ConversationRecord.columns) FROM conversation WHERE id = ?", [id],
      ConversationRecord.init)
  }
}
