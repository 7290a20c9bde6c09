import FonanaCore
import GRDB

/// What a list of conversations shows, in one question however many there are: each question of its
/// own costs more than its answer.
struct ConversationQuery {
  let mode: SyncMode
  private var senders = KnownUsers()

  init(mode: SyncMode) { self.mode = mode }

  private static let sql = """
    SELECT \(ConversationRecord.columns.ofTable("c")),
      (SELECT COUNT(*) FROM gap WHERE conversation_id = c.id),
      (SELECT COUNT(*) FROM message
        WHERE conversation_id = c.id AND is_own = 0 AND is_read = 0 AND absences < 2
          AND (created_at, id) > (COALESCE(c.read_at, \(Int64.min)), COALESCE(c.read_id, ''))
          AND is_complete >= ?),
      o.created_at, o.id, \(UserProfile.columns.ofTable("u")),
      \(MirrorMessage.columns.ofTable("m"))
    FROM conversation c
    LEFT JOIN user u ON u.id = c.participant_id
    LEFT JOIN message o ON o.row = (
      SELECT row FROM message WHERE conversation_id = c.id AND is_own = 0 AND absences < 2
      ORDER BY created_at DESC, id DESC LIMIT 1)
    LEFT JOIN message m ON m.row = (
      SELECT row FROM message WHERE conversation_id = c.id AND absences < 2
      ORDER BY created_at DESC, id DESC LIMIT 1)
    """

  /// In no order.
  mutating func all(in db: Database) throws -> [ConversationRow] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: Self.sql), arguments: [mode == .onRead])
    var found: [ConversationRow] = []
    while let row = try rows.next() { found.append(try conversation(row, in: db)) }
    return found
  }

  mutating func one(_ id: ConversationID, in db: Database) throws -> ConversationRow? {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: Self.sql + "\nWHERE c.id = ?"), arguments: [mode == .onRead, id])
    return try row.map { try conversation($0, in: db) }
  }

  /// By the order of the columns above.
  private mutating func conversation(_ row: Row, in db: Database) throws -> ConversationRow {
    let record = try ConversationRecord(row)
    let known = try row.at(14) == nil as UserID? ? nil : UserProfile(row, from: 14)
    let message = try row.at(19) == nil as MessageID? ? nil : MirrorMessage(row, from: 19)
    let unread = unread(
      of: record, lastOfOther: try row.position(at: 12), unseen: try row.at(11))
    let last = try message.map { message in
      MessageRow(
        message: message, sender: try sender(of: message, known, in: db),
        isUnread: try UnreadWindow(of: record, count: unread, in: db).contains(message))
    }
    return ConversationRow(
      id: record.id, participant: known ?? record.participantID.map { UserProfile(id: $0) },
      last: last, unread: unread, lastActivity: message?.createdAt ?? record.createdAt,
      gaps: try row.at(10), completeUpTo: record.newest, isRemoved: record.presence == .gone,
      readThrough: record.readThrough)
  }

  private func unread(
    of record: ConversationRecord, lastOfOther: MessagePosition?, unseen: Int
  ) -> Int {
    switch mode {
    case .onRead:
      UnreadRule.onRead(
        listCount: record.listUnread, lastOfOther: lastOfOther, readThrough: record.readThrough,
        pulledUnread: unseen)
    case .eager: unseen
    }
  }

  private mutating func sender(
    of message: MirrorMessage, _ participant: UserProfile?, in db: Database
  ) throws -> UserProfile? {
    if message.senderID == participant?.id { return participant }
    return try senders.user(message.senderID, in: db)
  }
}
