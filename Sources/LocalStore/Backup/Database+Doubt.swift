import GRDB

extension Database {
  /// Marks all that waits as restored: the server is searched for it before it is sent, down to the
  /// newest message that this store knows, or knew before it was forgotten, since it can only have
  /// been sent after that one.
  ///
  /// What waits for a person needs one look; the rest may have been on the wire a moment ago.
  func doubtWhatWaits() throws {
    try execute(
      sql: """
        UPDATE outbox SET
          is_restored = 1,
          doubt_fence = CASE
            WHEN doubt_needed IS NOT NULL THEN doubt_fence
            WHEN state = 'unresolved' THEN (SELECT max(created_at) FROM message)
            ELSE (
              SELECT coalesce(max(newest_at, newest), newest_at, newest)
              FROM (
                SELECT id, newest_at, (
                  SELECT max(created_at) FROM message WHERE conversation_id = conversation.id
                ) AS newest FROM conversation)
              WHERE id = coalesce(
                outbox.conversation_id,
                (SELECT id FROM conversation WHERE participant_id = outbox.user_id))) END,
          doubt_needed = CASE WHEN state IN ('parked', 'held') THEN 1 ELSE 2 END,
          doubt_done = CASE WHEN state IN ('parked', 'held') THEN 1 ELSE 0 END
        """)
  }
}
