import FonanaCore
import GRDB

/// A `MessageQuery` as SQL.
struct MessageSearch {
  private let query: MessageQuery
  private let window: UnreadWindow
  private let db: Database
  private var condition = "m.conversation_id = ?"
  private var arguments: StatementArguments

  init(_ query: MessageQuery, window: UnreadWindow, in db: Database) {
    self.query = query
    self.window = window
    self.db = db
    arguments = [query.conversationID]
    if !query.includesDeleted { require("m.absences < 2") }
    if let before = query.before {
      require("(m.created_at, m.id) < (?, ?)", [before.createdAt, before.id])
    }
    if let after = query.after {
      require("(m.created_at, m.id) > (?, ?)", [after.createdAt, after.id])
    }
    if let since = query.since { require("m.created_at >= ?", [since]) }
    if query.unreadOnly { require(window.condition.sql, window.condition.arguments) }
    require(Self.isNoRepetition)
  }

  /// Two rows are one to a reader when sender, cid and content are equal; what differs is never
  /// hidden (docs/reliability.md, “Who is who”). Only own rows carry a cid here.
  static let isNoRepetition = """
    (m.cid IS NULL OR NOT EXISTS (
      SELECT 1 FROM message n INDEXED BY message_by_cid
      WHERE n.cid = m.cid AND n.conversation_id = m.conversation_id
        AND n.sender_id = m.sender_id AND n.content IS m.content
        AND n.media_url IS m.media_url AND n.absences < 2
        AND (n.created_at, n.id) < (m.created_at, m.id)))
    """

  private mutating func require(_ sql: String, _ values: StatementArguments = []) {
    condition += " AND \(sql)"
    arguments += values
  }

  func slice() throws -> MessageSlice {
    let limit = max(0, query.limit)
    if query.isOldestFirst { return try oldestSlice(limit) }
    let newestFirst = try db.all(
      """
      SELECT \(MirrorMessage.columns) FROM message m WHERE \(condition)
      ORDER BY m.created_at DESC, m.id DESC LIMIT ?
      """, arguments + [limit], MirrorMessage.init)
    let fitting =
      newestFirst.count < limit
      ? newestFirst.count
      : Int(try db.number("SELECT COUNT(*) FROM message m WHERE \(condition)", arguments))
    return MessageSlice(
      rows: try rows(newestFirst.reversed()), more: fitting - newestFirst.count,
      gaps: try gaps(downTo: newestFirst.last?.position))
  }

  private func oldestSlice(_ limit: Int) throws -> MessageSlice {
    let messages = try db.all(
      """
      SELECT \(MirrorMessage.columns) FROM message m WHERE \(condition)
      ORDER BY m.created_at, m.id LIMIT ?
      """, arguments + [limit], MirrorMessage.init)
    let last = messages.count == limit ? messages.last?.position : nil
    let gaps = try allGaps().reversed().filter { gap in
      let isBelow = query.after.map(gap.endsNotAfter) ?? false
      let isOlder = query.since.map { (gap.newer?.createdAt ?? $0) < $0 } ?? false
      return !isBelow && !isOlder && (last.map(gap.endsNotAfter) ?? true)
    }
    return MessageSlice(rows: try rows(messages), more: 0, gaps: gaps)
  }

  private func gaps(downTo oldest: MessagePosition?) throws -> [MessageGap] {
    try allGaps().filter { gap in
      !(query.before.map(gap.isAbove) ?? false) && (oldest.map(gap.isAbove) ?? true)
    }
  }

  /// Newest first.
  private func allGaps() throws -> [MessageGap] {
    let gaps = try db.gaps(of: query.conversationID).map(MessageGap.init)
    let unreadable = try db.unreadable(of: query.conversationID).map(MessageGap.init)
    return (gaps + unreadable).sorted(by: MessageGap.isNewer)
  }

  private func rows(_ messages: [MirrorMessage]) throws -> [MessageRow] {
    var users = KnownUsers()
    return try messages.map { message in
      MessageRow(
        message: message, sender: try users.user(message.senderID, in: db),
        isUnread: window.contains(message))
    }
  }
}
