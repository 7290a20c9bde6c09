/// What the eighth schema adds: the index by place knows all that tells whether a message counts, so
/// that a page is counted without a look at the rows.
enum SchemaVersion8 {
  static let sql = """
    DROP INDEX message_by_place;
    CREATE INDEX message_by_place ON message (conversation_id, created_at, id, absences, cid);
    """
}
