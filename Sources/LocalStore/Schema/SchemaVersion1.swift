/// The schema of the first release. Never changed: what comes later is a migration of its own.
///
/// Times are whole milliseconds since 1970 (UTC), flags are 0 or 1, prices are in SOL.
enum SchemaVersion1 {
  static let sql = account + mirror + outbox + events

  private static let account = """
    CREATE TABLE account (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      origin TEXT NOT NULL,
      user_id TEXT NOT NULL,
      wallet TEXT NOT NULL,
      nickname TEXT,
      full_name TEXT
    ) STRICT;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE user (
      id TEXT PRIMARY KEY,
      wallet TEXT,
      nickname TEXT,
      nickname_key TEXT,
      full_name TEXT,
      avatar TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX user_by_nickname ON user (nickname_key) WHERE nickname_key IS NOT NULL;
    CREATE INDEX user_by_wallet ON user (wallet) WHERE wallet IS NOT NULL;

    """

  /// `newest_*` is the contiguous mark of the coverage, `read_*` what a person has read up to.
  /// `presence`: 0 not seen in a list yet, 1 in the newest list, 2 gone from it.
  private static let mirror = """
    CREATE TABLE conversation (
      id TEXT PRIMARY KEY,
      participant_id TEXT,
      created_at INTEGER,
      list_unread INTEGER NOT NULL DEFAULT 0,
      last_message_id TEXT,
      newest_at INTEGER,
      newest_id TEXT,
      read_at INTEGER,
      read_id TEXT,
      presence INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX conversation_by_participant ON conversation (participant_id);
    CREATE TABLE gap (
      conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      place INTEGER NOT NULL,
      newer_at INTEGER NOT NULL,
      newer_id TEXT NOT NULL,
      older_at INTEGER,
      older_id TEXT,
      cursor_at INTEGER,
      cursor_id TEXT,
      PRIMARY KEY (conversation_id, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE message (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      sender_id TEXT NOT NULL,
      cid TEXT,
      content TEXT,
      text_source INTEGER NOT NULL,
      media_url TEXT,
      media_type TEXT,
      is_paid INTEGER NOT NULL,
      price REAL,
      is_read INTEGER NOT NULL,
      is_purchased INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      metadata TEXT,
      is_own INTEGER NOT NULL,
      is_complete INTEGER NOT NULL,
      absences INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX message_by_place ON message (conversation_id, created_at, id);
    CREATE INDEX message_of_other ON message (conversation_id, created_at, id) WHERE is_own = 0;
    CREATE INDEX message_unread ON message (conversation_id, created_at, id, is_complete)
      WHERE is_own = 0 AND is_read = 0 AND absences < 2;
    CREATE INDEX message_incomplete ON message (conversation_id) WHERE is_complete = 0;
    CREATE INDEX message_by_cid ON message (cid) WHERE cid IS NOT NULL;
    CREATE TABLE notification (
      id TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      title TEXT NOT NULL,
      message TEXT NOT NULL,
      is_read INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      metadata TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX notification_by_time ON notification (created_at, id);

    """

  /// `wish` is the fingerprint of what was asked for: see `OutboxItem.wish`.
  private static let outbox = """
    CREATE TABLE outbox (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      cid TEXT NOT NULL UNIQUE,
      recipient TEXT NOT NULL,
      user_id TEXT,
      conversation_id TEXT,
      content TEXT,
      image_file TEXT,
      image_type TEXT,
      image_bytes INTEGER,
      image_digest TEXT,
      image_url TEXT,
      price REAL,
      metadata TEXT,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      refusals INTEGER NOT NULL,
      doubt_fence INTEGER,
      doubt_needed INTEGER,
      doubt_done INTEGER,
      queued_at INTEGER NOT NULL,
      reason_code TEXT,
      reason_message TEXT,
      reason_hint TEXT,
      reason_retryable INTEGER,
      is_cancel_wanted INTEGER NOT NULL,
      is_skipped INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE outbox_history (
      row INTEGER PRIMARY KEY,
      cid TEXT NOT NULL,
      at INTEGER NOT NULL,
      from_state TEXT,
      to_state TEXT NOT NULL,
      outcome TEXT NOT NULL,
      detail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX outbox_history_by_cid ON outbox_history (cid, row);
    CREATE TABLE sent_log (
      cid TEXT PRIMARY KEY,
      message_id TEXT NOT NULL,
      conversation_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      wish INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE duplicate (
      cid TEXT NOT NULL,
      message_id TEXT NOT NULL,
      PRIMARY KEY (cid, message_id)
    ) STRICT, WITHOUT ROWID;

    """

  private static let events = """
    CREATE TABLE event (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      conversation_id TEXT,
      message_id TEXT,
      cid TEXT,
      notification_id TEXT,
      is_backlog INTEGER NOT NULL,
      detail TEXT
    ) STRICT;
    CREATE TABLE watcher (name TEXT PRIMARY KEY, cursor INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    """
}
