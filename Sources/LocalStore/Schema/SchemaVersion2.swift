/// What the second schema adds to the first.
///
/// `forgotten_before`: messages of the conversation that are older were forgotten by a person and
/// never come back; for all conversations at once it is a setting of the same name.
/// `is_restored`: the item comes from a backup, and the server is searched for it before it is
/// sent.
enum SchemaVersion2 {
  static let sql = """
    ALTER TABLE conversation ADD COLUMN forgotten_before INTEGER;
    ALTER TABLE outbox ADD COLUMN is_restored INTEGER NOT NULL DEFAULT 0;
    """
}
