import FonanaCore
import GRDB

/// Which messages of a conversation count as unread.
struct UnreadWindow {
  private let readThrough: MessagePosition?
  /// The oldest of them; nil: none is known.
  private let oldest: MessagePosition?
  let count: Int

  /// In on-read mode the list says how many: they are the newest ones of the other.
  init(of record: ConversationRecord, mode: SyncMode, in db: Database) throws {
    try self.init(of: record, count: db.unread(record, mode: mode), in: db)
  }

  /// `count`: how many there are by the rule of the mode.
  init(of record: ConversationRecord, count: Int, in db: Database) throws {
    self.count = count
    readThrough = record.readThrough
    oldest = count > 0 ? try db.unseen(number: count, of: record) : nil
  }

  func contains(_ message: MirrorMessage) -> Bool {
    guard count > 0, UnreadRule.counts(message, readThrough: readThrough) else { return false }
    // Fewer are known than the list says: all of them are.
    return oldest.map { message.position >= $0 } ?? true
  }

  /// As a condition on `m`.
  var condition: (sql: String, arguments: StatementArguments) {
    guard count > 0 else { return ("FALSE", []) }
    var sql = "m.is_own = 0 AND m.is_read = 0 AND m.absences < 2"
    var arguments = StatementArguments()
    if let readThrough {
      sql += " AND (m.created_at, m.id) > (?, ?)"
      arguments += [readThrough.createdAt, readThrough.id]
    }
    if let oldest {
      sql += " AND (m.created_at, m.id) >= (?, ?)"
      arguments += [oldest.createdAt, oldest.id]
    }
    return (sql, arguments)
  }
}

extension Database {
  /// The place of the `number`th newest message that `UnreadRule` counts.
  fileprivate func unseen(
    number: Int, of record: ConversationRecord
  ) throws -> MessagePosition? {
    try first(
      """
      SELECT created_at, id FROM message
      WHERE conversation_id = ? AND is_own = 0 AND is_read = 0 AND absences < 2
        AND (created_at, id) > (?, ?)
      ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ?
      """,
      [
        record.id, record.readThrough?.createdAt.milliseconds ?? Int64.min,
        record.readThrough?.id.rawValue ?? "", number - 1,
      ]
    ) { try $0.position(at: 0) } ?? nil
  }
}
