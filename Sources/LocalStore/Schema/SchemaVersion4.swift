/// What the fourth schema adds: a message that is not sent when the other has written since.
enum SchemaVersion4 {
  static let sql = "ALTER TABLE outbox ADD COLUMN unless_replied_since INTEGER"
}
