import FonanaCore
import GRDB

/// What an older copy can't know and nobody else has: taken over from the store `present`, attached
/// and of the same schema.
extension Database {
  func takeOverPresent() throws {
    try takeOverNumbers()
    try takeOverOutbox()
    try takeOverReading()
  }

  /// Numbers of events and items are never given twice.
  private func takeOverNumbers() throws {
    try execute(
      sql: """
        INSERT INTO sqlite_sequence (name, seq)
          SELECT name, 0 FROM present.sqlite_sequence
          WHERE name NOT IN (SELECT name FROM main.sqlite_sequence);
        UPDATE sqlite_sequence SET seq = max(seq, coalesce(
          (SELECT p.seq FROM present.sqlite_sequence p WHERE p.name = sqlite_sequence.name), 0));
        """)
  }

  /// What has been sent or cancelled since is over; what waits there is as it is there, behind what
  /// only the copy has.
  private func takeOverOutbox() throws {
    let columns = OutboxItem.columns
    let story = "cid, at, from_state, to_state, outcome, detail"
    try execute(
      sql: """
        DELETE FROM outbox WHERE cid IN (
          SELECT cid FROM present.outbox UNION SELECT cid FROM present.sent_log
          UNION SELECT cid FROM present.outbox_history WHERE to_state = 'cancelled');
        INSERT INTO outbox (\(columns)) SELECT \(columns) FROM present.outbox ORDER BY sequence;
        DELETE FROM outbox_history WHERE cid IN (SELECT cid FROM present.outbox_history);
        INSERT INTO outbox_history (\(story))
          SELECT \(story) FROM present.outbox_history ORDER BY row;
        INSERT OR REPLACE INTO sent_log SELECT * FROM present.sent_log;
        INSERT OR IGNORE INTO duplicate SELECT * FROM present.duplicate;
        """)
  }

  /// What has been read, told and counted stays so.
  private func takeOverReading() throws {
    try execute(
      sql: """
        UPDATE conversation SET (read_at, read_id) = (
          SELECT p.read_at, p.read_id FROM present.conversation p WHERE p.id = conversation.id)
        WHERE EXISTS (
          SELECT 1 FROM present.conversation p
          WHERE p.id = conversation.id AND p.read_at IS NOT NULL AND (
            conversation.read_at IS NULL
            OR (p.read_at, p.read_id) > (conversation.read_at, conversation.read_id)));
        INSERT OR REPLACE INTO watcher SELECT * FROM present.watcher;
        INSERT OR REPLACE INTO counter SELECT * FROM present.counter;
        INSERT OR REPLACE INTO setting
          SELECT * FROM present.setting WHERE name IN ('generation', 'is_echoing');
        """)
  }
}
