import FonanaCore
import GRDB

/// What the eighth schema adds: the index by place knows all that tells whether a message counts, so
/// that a page is counted without a look at the rows; and what people type for each other
/// (`SearchText`) is the same to the search.
enum SchemaVersion8 {
  private static let batch = 1000

  static func migrate(_ db: Database) throws {
    try db.execute(sql: index)
    var last = Int64.min
    while let next = try foldTexts(after: last, in: db) { last = next }
  }

  private static let index = """
    DROP INDEX message_by_place;
    CREATE INDEX message_by_place ON message (conversation_id, created_at, id, absences, cid);
    """

  /// In some of the rows; the number of the last of them, nil when there were none. A trigger
  /// changes the search index.
  private static func foldTexts(after last: Int64, in db: Database) throws -> Int64? {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT row, content, search_text FROM message WHERE row > ? AND content IS NOT NULL
        ORDER BY row LIMIT \(batch)
        """, arguments: [last])
    for row in rows {
      let text = SearchText.indexed(try row.at(1))
      guard text != (try row.at(2)) else { continue }
      try db.run(
        "UPDATE message SET search_text = ? WHERE row = ?", [text, try row.at(0) as Int64])
    }
    return try rows.last?.at(0)
  }
}
