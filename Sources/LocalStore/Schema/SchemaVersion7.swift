/// What the seventh schema adds: when the newest messages of a conversation were last read again.
/// For those that are here already it counts from now.
enum SchemaVersion7 {
  static let sql = """
    ALTER TABLE conversation ADD COLUMN deep_checked_at INTEGER;
    UPDATE conversation SET deep_checked_at = CAST(strftime('%s') AS INTEGER) * 1000
      WHERE newest_at IS NOT NULL;
    """
}
