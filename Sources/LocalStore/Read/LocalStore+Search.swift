package import FonanaCore
import GRDB

extension LocalStore {
  /// Looks in every text that is known, also in those that a list or a notification brought.
  /// Deleted messages are not found. Throws `.invalidInput` for an expression that is none.
  package func search(
    _ query: TextQuery, mode: SyncMode
  ) async throws(FonanaError) -> TextMatches {
    try await view(mode: mode) { try $0.search(query) }
  }
}

extension StoreView {
  /// As `LocalStore.search`.
  package func search(_ query: TextQuery) throws -> TextMatches {
    do {
      return try TextSearch(query, mode: mode, in: db).matches()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      throw FonanaError(
        .invalidInput, "That can't be searched for (\(error.message ?? "syntax error")).",
        hint: "Without --raw, words are taken as they are.")
    }
  }
}

/// A `TextQuery` as SQL.
private struct TextSearch {
  private let query: TextQuery
  private let mode: SyncMode
  private let db: Database
  private var condition = "message_search MATCH ?1 AND \(MessageSearch.isNoRepetition)"
  private var arguments: StatementArguments
  /// All that fit the words fit the query.
  private var isOfWordsOnly = true

  init(_ query: TextQuery, mode: SyncMode, in db: Database) {
    self.query = query
    self.mode = mode
    self.db = db
    arguments = [query.expression]
    require("m.conversation_id = ?", query.conversationID)
    require("m.sender_id = ?", query.senderID)
    require("m.created_at >= ?", query.since)
    require("m.created_at < ?", query.until)
    if query.withMediaOnly { require("m.media_url IS NOT NULL") }
    if query.paidOnly { require("m.is_paid = 1") }
  }

  private mutating func require(_ sql: String, _ value: (some DatabaseValueConvertible)?) {
    guard let value else { return }
    require(sql)
    arguments += [value]
  }

  private mutating func require(_ sql: String) {
    condition += " AND \(sql)"
    isOfWordsOnly = false
  }

  /// In two steps: what is marked has to be tokenized again, so only those that are shown are.
  func matches() throws -> TextMatches {
    let (rows, total) = try newest()
    let marked = try marked(rows, of: total)
    return TextMatches(
      matches: try rows.compactMap { marked[$0] }.map { message, text, sender in
        TextMatch(
          row: MessageRow(
            message: message, sender: sender, isUnread: try db.isUnread(message, mode: mode)),
          snippet: SearchSnippet(of: message.content ?? "", marked: text))
      }, total: total)
  }

  /// The row numbers of those that are shown, in their order, and how many there are in all.
  private func newest() throws -> (rows: [Int64], total: Int) {
    let order = query.order == .time ? "m.created_at DESC, m.id DESC" : "message_search.rank"
    let found = try db.all(
      """
      SELECT m.row, \(isOfWordsOnly ? Self.countOfWords : "COUNT(*) OVER ()")
      FROM message_search JOIN message m ON m.row = message_search.rowid
      WHERE \(condition) ORDER BY \(order) LIMIT ?
      """, arguments + [max(1, query.limit)]
    ) { row in (row: try row.at(0) as Int64, total: try row.at(1) as Int) }
    return (found.prefix(query.limit).map(\.row), found.first?.total ?? 0)
  }

  /// In the index alone, where a window would keep every row: most of the time for a common word.
  private static let countOfWords = """
    (SELECT COUNT(*) FROM message_search WHERE message_search MATCH ?1 AND rowid NOT IN (
      SELECT m.row FROM message m
      WHERE m.cid IN (SELECT cid FROM duplicate) AND NOT \(MessageSearch.isNoRepetition)))
    """

  /// With `SearchSnippet`'s marks around what matches, and the sender if known. Of few matches in
  /// all the shown ones are picked; of many each is looked up, which takes as long as a hundred
  /// others.
  private func marked(
    _ rows: [Int64], of total: Int
  ) throws -> [Int64: (MirrorMessage, String, UserProfile?)] {
    let list = "[" + rows.map(String.init).joined(separator: ",") + "]"
    let number = total < 100 * rows.count ? "+message_search.rowid" : "message_search.rowid"
    let found = try db.all(
      """
      SELECT \(MirrorMessage.columns.ofTable("m")), m.row,
        highlight(message_search, 0, char(2), char(3)), \(UserProfile.columns.ofTable("u"))
      FROM message_search JOIN message m ON m.row = message_search.rowid
        LEFT JOIN user u ON u.id = m.sender_id
      WHERE message_search MATCH ? AND \(number) IN (SELECT value FROM json_each(?))
      """, [query.expression, list]
    ) { row in
      let place = MirrorMessage.columnCount
      let isKnown = try row.at(place + 2) as String? != nil
      let sender = isKnown ? try UserProfile(row, from: place + 2) : nil
      return (
        try row.at(place) as Int64,
        (try MirrorMessage(row), try row.at(place + 1) as String, sender)
      )
    }
    return Dictionary(found) { first, _ in first }
  }
}
