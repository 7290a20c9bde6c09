/// What the fifth schema adds: where a conversation has messages that can't be read, newest first.
enum SchemaVersion5 {
  static let sql = """
    CREATE TABLE unreadable (
      conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      place INTEGER NOT NULL,
      newer_at INTEGER,
      newer_id TEXT,
      older_at INTEGER,
      older_id TEXT,
      PRIMARY KEY (conversation_id, place)
    ) STRICT, WITHOUT ROWID
    """
}
