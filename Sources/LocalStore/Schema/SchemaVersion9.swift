import FonanaCore
import GRDB

/// What the ninth schema adds: a message that is gone from the server leaves the full-text index, so
/// that matches are counted there, without a look at their rows; and what people type for each
/// other (`SearchText`) is the same to the search.
enum SchemaVersion9 {
  private static let batch = 1000

  static func migrate(_ db: Database) throws {
    try db.execute(sql: removal + view + triggers)
    var last = Int64.min
    while let next = try foldTexts(after: last, in: db) { last = next }
  }

  private static let removal = """
    DROP TRIGGER message_is_new;
    DROP TRIGGER message_is_gone;
    DROP TRIGGER message_text_changed;
    INSERT INTO message_search (message_search, rowid, text)
      SELECT 'delete', row, text FROM searchable
      WHERE text IS NOT NULL AND row IN (SELECT row FROM message WHERE absences >= 2);

    """

  private static let view = """
    DROP VIEW searchable;
    CREATE VIEW searchable (row, text) AS
      SELECT row, COALESCE(search_text, content) FROM message WHERE absences < 2;

    """

  private static let triggers = """
    CREATE TRIGGER message_is_new AFTER INSERT ON message
    WHEN new.content IS NOT NULL AND new.absences < 2 BEGIN
      INSERT INTO message_search (rowid, text)
      VALUES (new.row, COALESCE(new.search_text, new.content));
    END;
    CREATE TRIGGER message_is_gone AFTER DELETE ON message
    WHEN old.content IS NOT NULL AND old.absences < 2 BEGIN
      INSERT INTO message_search (message_search, rowid, text)
      VALUES ('delete', old.row, COALESCE(old.search_text, old.content));
    END;
    CREATE TRIGGER message_text_changed AFTER UPDATE OF content, search_text, absences ON message
    WHEN old.content IS NOT new.content OR old.search_text IS NOT new.search_text
      OR (old.absences < 2) <> (new.absences < 2) BEGIN
      INSERT INTO message_search (message_search, rowid, text)
      SELECT 'delete', old.row, COALESCE(old.search_text, old.content)
      WHERE old.content IS NOT NULL AND old.absences < 2;
      INSERT INTO message_search (rowid, text)
      SELECT new.row, COALESCE(new.search_text, new.content)
      WHERE new.content IS NOT NULL AND new.absences < 2;
    END;
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
