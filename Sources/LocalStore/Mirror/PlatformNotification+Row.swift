import FonanaCore
import GRDB

extension PlatformNotification {
  static let columns = "id, type, title, message, is_read, created_at, metadata"

  init(_ row: Row) throws {
    try self.init(
      id: row.at(0), type: row.at(1), title: row.at(2), message: row.at(3), isRead: row.at(4),
      createdAt: row.at(5),
      metadata: row.at(6))
  }

  /// Without the preview: what it tells stands in the mirror.
  func save(in db: Database) throws {
    try db.run(
      "INSERT OR REPLACE INTO notification (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)",
      [id, type, title, message, isRead, createdAt, metadata])
  }
}

extension Database {
  func notification(_ id: NotificationID) throws -> PlatformNotification? {
    try first(
      "SELECT \(PlatformNotification.columns) FROM notification WHERE id = ?", [id],
      PlatformNotification.init)
  }
}
