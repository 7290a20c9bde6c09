/// What the ninth schema adds: a message that is gone from the server leaves the full-text index, so
/// that matches are counted there, without a look at their rows.
enum SchemaVersion9 {
  static let sql = removal + view + triggers

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
}
