-- A store of schema version 1, as the program of that version wrote it.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1');
CREATE TABLE account (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  origin TEXT NOT NULL,
  user_id TEXT NOT NULL,
  wallet TEXT NOT NULL,
  nickname TEXT,
  full_name TEXT
) STRICT;
INSERT INTO account VALUES(1,'https://fonana.me','user-me','wallet-me','myself',NULL);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('generation','B');
INSERT INTO setting VALUES('is_echoing','1');
INSERT INTO setting VALUES('unread_notifications','1');
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES('duplicatesSeen',1);
INSERT INTO counter VALUES('forcedReads',1);
CREATE TABLE user (
  id TEXT PRIMARY KEY,
  wallet TEXT,
  nickname TEXT,
  nickname_key TEXT,
  full_name TEXT,
  avatar TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO user VALUES('user-alice','wallet-alice','Alice','alice','Alice A.',NULL);
INSERT INTO user VALUES('user-me','wallet-me','myself','myself',NULL,NULL);
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
INSERT INTO conversation VALUES('talk-alice','user-alice',1764000000000,1,'m9',1764000004000,'m4',1764000003000,'m3',1);
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
INSERT INTO gap VALUES('talk-alice',0,1764000009000,'m9',1764000004000,'m4',NULL,NULL);
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
INSERT INTO message VALUES(1,'m9','talk-alice','user-alice',NULL,'island',2,NULL,NULL,0,NULL,0,0,1764000009000,NULL,0,0,0);
INSERT INTO message VALUES(2,'m4','talk-alice','user-me','cid-1','sent',3,NULL,NULL,0,NULL,0,0,1764000004000,'{"a": 1}',1,1,0);
INSERT INTO message VALUES(3,'m3','talk-alice','user-alice',NULL,'read',3,NULL,NULL,0,NULL,0,0,1764000003000,'{"a": 1}',0,1,0);
CREATE TABLE notification (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  message TEXT NOT NULL,
  is_read INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  metadata TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO notification VALUES('n1','TIP_RECEIVED','Tip','A tip',0,1764000002000,'{}');
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
INSERT INTO outbox VALUES(2,'cid-2','@alice','user-alice','talk-alice','it''s waiting','a.png','image/png',3,'d',NULL,0.5,NULL,'parked',1,0,1764000003000,1,1,1764000005000,'refused','No.','Ask.',0,0,0);
CREATE TABLE outbox_history (
  row INTEGER PRIMARY KEY,
  cid TEXT NOT NULL,
  at INTEGER NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
INSERT INTO outbox_history VALUES(1,'cid-1',1764000010000,NULL,'queued','enqueued','');
INSERT INTO outbox_history VALUES(2,'cid-1',1764000004000,'queued','sent','accepted','message m4');
INSERT INTO outbox_history VALUES(3,'cid-2',1764000010000,NULL,'parked','enqueued','');
CREATE TABLE sent_log (
  cid TEXT PRIMARY KEY,
  message_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  wish INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO sent_log VALUES('cid-1','m4','talk-alice',1764000004000,5825148803733049425);
CREATE TABLE duplicate (
  cid TEXT NOT NULL,
  message_id TEXT NOT NULL,
  PRIMARY KEY (cid, message_id)
) STRICT, WITHOUT ROWID;
INSERT INTO duplicate VALUES('cid-1','m5');
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
INSERT INTO event VALUES(1,1764000010000,'message.received','talk-alice','m9',NULL,NULL,1,NULL);
INSERT INTO event VALUES(2,1764000010000,'outbox.changed','talk-alice',NULL,'cid-1',NULL,0,NULL);
INSERT INTO event VALUES(3,1764000010000,'message.sent','talk-alice','m4','cid-1',NULL,0,NULL);
INSERT INTO event VALUES(4,1764000010000,'outbox.changed','talk-alice',NULL,'cid-1',NULL,0,NULL);
INSERT INTO event VALUES(5,1764000010000,'message.received','talk-alice','m3',NULL,NULL,1,NULL);
INSERT INTO event VALUES(6,1764000010000,'outbox.changed','talk-alice',NULL,'cid-2',NULL,0,NULL);
INSERT INTO event VALUES(7,1764000010000,'notification.received',NULL,NULL,NULL,'n1',1,NULL);
INSERT INTO event VALUES(8,1764000010000,'connection.changed',NULL,NULL,NULL,NULL,0,'{"state":"connected"}');
INSERT INTO event VALUES(9,1764000010000,'conversation.changed','talk-alice',NULL,NULL,NULL,0,NULL);
CREATE TABLE watcher (name TEXT PRIMARY KEY, cursor INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO watcher VALUES('bot',3);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('event',9);
INSERT INTO sqlite_sequence VALUES('outbox',2);
CREATE INDEX user_by_nickname ON user (nickname_key) WHERE nickname_key IS NOT NULL;
CREATE INDEX user_by_wallet ON user (wallet) WHERE wallet IS NOT NULL;
CREATE INDEX conversation_by_participant ON conversation (participant_id);
CREATE INDEX message_by_place ON message (conversation_id, created_at, id);
CREATE INDEX message_of_other ON message (conversation_id, created_at, id) WHERE is_own = 0;
CREATE INDEX message_unread ON message (conversation_id, created_at, id, is_complete)
  WHERE is_own = 0 AND is_read = 0 AND absences < 2;
CREATE INDEX message_incomplete ON message (conversation_id) WHERE is_complete = 0;
CREATE INDEX message_by_cid ON message (cid) WHERE cid IS NOT NULL;
CREATE INDEX notification_by_time ON notification (created_at, id);
CREATE INDEX outbox_history_by_cid ON outbox_history (cid, row);
COMMIT;
PRAGMA user_version = 1;
