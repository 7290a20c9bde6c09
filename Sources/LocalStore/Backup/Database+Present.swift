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

  /// What was sent or cancelled in either is over. Of what waits in both, the one counts of which a
  /// person has decided last, in its place in the copy; what waits in the present store alone comes
  /// behind.
  private func takeOverOutbox() throws {
    let columns = OutboxItem.columns
    let story = "cid, at, from_state, to_state, outcome, detail"
    try execute(
      sql: """
        CREATE TEMP TABLE over AS
          SELECT cid FROM present.sent_log UNION SELECT cid FROM main.sent_log
          UNION SELECT cid FROM present.outbox_history WHERE to_state = 'cancelled'
          UNION SELECT cid FROM main.outbox_history WHERE to_state = 'cancelled';
        CREATE TEMP TABLE taken AS
          SELECT cid FROM present.outbox_history AS theirs GROUP BY cid
          HAVING coalesce(max(at) FILTER (WHERE \(Self.isDecision)), 0) >= coalesce((
            SELECT max(at) FROM main.outbox_history AS own
            WHERE own.cid = theirs.cid AND \(Self.isDecision)), 0);
        DELETE FROM outbox WHERE cid IN (SELECT cid FROM temp.over);
        UPDATE outbox SET (\(columns)) = (
          SELECT \(columns) FROM present.outbox AS theirs WHERE theirs.cid = outbox.cid)
        WHERE cid IN (SELECT cid FROM temp.taken) AND cid IN (SELECT cid FROM present.outbox);
        INSERT INTO outbox (\(columns)) SELECT \(columns) FROM present.outbox
          WHERE cid NOT IN (SELECT cid FROM main.outbox UNION SELECT cid FROM temp.over)
          ORDER BY sequence;
        DELETE FROM outbox_history WHERE cid IN (SELECT cid FROM temp.taken);
        INSERT INTO outbox_history (\(story))
          SELECT \(story) FROM present.outbox_history
          WHERE cid IN (SELECT cid FROM temp.taken) ORDER BY row;
        DROP TABLE temp.over;
        DROP TABLE temp.taken;
        INSERT OR REPLACE INTO sent_log SELECT * FROM present.sent_log;
        INSERT OR IGNORE INTO duplicate SELECT * FROM present.duplicate;
        """)
  }

  /// Of an entry of a story: a person's doing, or the end.
  private static let isDecision = """
    (outcome IN ('enqueued', 'edited', 'held', 'released', 'skipped', 'retried', 'cancel_wanted')
      OR to_state IN ('sent', 'cancelled'))
    """

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
