package import FonanaCore
import GRDB

extension LocalStore {
  /// Looks in every text that is known, also in those that a list or a notification brought.
  /// Deleted messages are not found. Throws `.invalidInput` for an expression that is none.
  package func search(
    _ query: TextQuery, mode: SyncMode
  ) async throws(FonanaError) -> TextMatches {
    try await read { db in
      do {
        return try TextSearch(query, mode: mode, in: db).matches()
      } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
        throw FonanaError(
          .invalidInput, "That can't be searched for (\(error.message ?? "syntax error")).",
          hint: "Without --raw, words are taken as they are.")
      }
    }
  }
}

/// A `TextQuery` as SQL.
private struct TextSearch {
  private let query: TextQuery
  private let mode: SyncMode
  private let db: Database
  private var condition = "message_search MATCH ? AND m.absences < 2"
  private var arguments: StatementArguments

  init(_ query: TextQuery, mode: SyncMode, in db: Database) {
    self.query = query
    self.mode = mode
    self.db = db
    arguments = [query.expression]
    require("m.conversation_id = ?", query.conversationID)
    require("m.sender_id = ?", query.senderID)
    require("m.created_at >= ?", query.since)
    require("m.created_at < ?", query.until)
    if query.withMediaOnly { condition += " AND m.media_url IS NOT NULL" }
    if query.paidOnly { condition += " AND m.is_paid = 1" }
    condition += " AND \(MessageSearch.isNoRepetition)"
  }

  private mutating func require(_ sql: String, _ value: (some DatabaseValueConvertible)?) {
    guard let value else { return }
    condition += " AND \(sql)"
    arguments += [value]
  }

  func matches() throws -> TextMatches {
    let source = "message_search JOIN message m ON m.row = message_search.rowid WHERE \(condition)"
    let order = query.order == .time ? "m.created_at DESC, m.id DESC" : "message_search.rank"
    let found = try db.all(
      """
      SELECT \(MirrorMessage.columns(of: "m")), highlight(message_search, 0, char(2), char(3))
      FROM \(source) ORDER BY \(order) LIMIT ?
      """, arguments + [max(0, query.limit)]
    ) { row in (try MirrorMessage(row), try row.at(MirrorMessage.columnCount) as String) }
    let total =
      found.count < query.limit
      ? found.count : Int(try db.number("SELECT COUNT(*) FROM \(source)", arguments))
    return TextMatches(
      matches: try found.map { message, marked in
        TextMatch(
          row: try db.row(message, mode: mode),
          snippet: SearchSnippet(of: message.content ?? "", marked: marked))
      }, total: total)
  }
}
