package import FonanaCore
import GRDB

/// The platform's notifications as they are known here.
package struct NotificationList: Hashable, Sendable, Codable {
  /// Newest first; without previews.
  package var notifications: [PlatformNotification]
  /// As the server last said, less what was marked read since.
  package var unread: Int
}

extension LocalStore {
  package func notifications(limit: Int) async throws(FonanaError) -> NotificationList {
    try await read { db in
      NotificationList(
        notifications: try db.all(
          """
          SELECT \(PlatformNotification.columns) FROM notification
          WHERE type <> \(PlatformNotification.forgottenType)
          ORDER BY created_at DESC, id DESC LIMIT ?
          """, [max(0, limit)], PlatformNotification.init),
        unread: try db.setting(.unreadNotifications).flatMap(Int.init) ?? 0)
    }
  }

  /// nil: it is not here, or was forgotten.
  package func notification(_ id: NotificationID) async throws(FonanaError) -> PlatformNotification?
  {
    try await read { db in
      try db.first(
        """
        SELECT \(PlatformNotification.columns) FROM notification
        WHERE id = ? AND type <> \(PlatformNotification.forgottenType)
        """, [id], PlatformNotification.init)
    }
  }
}
