import FonanaCore
import GRDB

/// What the third schema adds: the full-text index of the messages.
///
/// The index keeps no text of its own. `search_text` is null where the content itself is indexed
/// (`SearchText`). Triggers keep both together, whichever way a row changes.
enum SchemaVersion3 {
  static func migrate(_ db: Database) throws {
    try db.execute(sql: table)
    try prepareTexts(in: db)
    try db.execute(sql: "INSERT INTO message_search (message_search) VALUES ('rebuild')")
    try db.execute(sql: triggers)
  }

  private static func prepareTexts(in db: Database) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT row, content FROM message WHERE content IS NOT NULL")
    var changed: [(Int64, String)] = []
    while let row = try rows.next() {
      let number: Int64 = try row.at(0)
      if let text = SearchText.indexed(try row.at(1)) { changed.append((number, text)) }
    }
    for (number, text) in changed {
      try db.run("UPDATE message SET search_text = ? WHERE row = ?", [text, number])
    }
  }

  private static let table = """
    ALTER TABLE message ADD COLUMN search_text TEXT;
    CREATE VIEW searchable (row, text) AS
      SELECT row, COALESCE(search_text, content) FROM message;
    CREATE VIRTUAL TABLE message_search USING fts5 (
      text, content = 'searchable', content_rowid = 'row',
      tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So'");
    """

  private static let triggers = """
    CREATE TRIGGER message_is_new AFTER INSERT ON message WHEN new.content IS NOT NULL BEGIN
      INSERT INTO message_search (rowid, text)
      VALUES (new.row, COALESCE(new.search_text, new.content));
    END;
    CREATE TRIGGER message_is_gone AFTER DELETE ON message WHEN old.content IS NOT NULL BEGIN
      INSERT INTO message_search (message_search, rowid, text)
      VALUES ('delete', old.row, COALESCE(old.search_text, old.content));
    END;
    CREATE TRIGGER message_text_changed AFTER UPDATE OF content, search_text ON message
    WHEN old.content IS NOT new.content OR old.search_text IS NOT new.search_text BEGIN
      INSERT INTO message_search (message_search, rowid, text)
      SELECT 'delete', old.row, COALESCE(old.search_text, old.content)
      WHERE old.content IS NOT NULL;
      INSERT INTO message_search (rowid, text)
      SELECT new.row, COALESCE(new.search_text, new.content) WHERE new.content IS NOT NULL;
    END;
    """
}
