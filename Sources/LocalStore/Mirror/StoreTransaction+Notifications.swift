import FonanaCore
import GRDB

extension StoreTransaction {
  func apply(_ notifications: [PlatformNotification], unread: Int?, isBacklog: Backlog) throws {
    let me = try me()
    // Newest first as well.
    for notification in notifications.reversed() where (notification.userID ?? me) == me {
      guard try !isUnchanged(notification), try !isForgotten(notification) else { continue }
      try add(notification, isBacklog: isBacklog)
      try notification.preview.map {
        try add($0, of: notification, isBacklog: isBacklog)
      }
    }
    if let unread { try set(.unreadNotifications, String(unread)) }
  }

  /// Most of those that come with a new one are; asked first, since all else takes eight queries.
  private func isUnchanged(_ notification: PlatformNotification) throws -> Bool {
    var row = notification
    row.preview = nil
    guard try db.notification(notification.id) == row else { return false }
    guard let preview = notification.preview else { return true }
    return try db.number("SELECT COUNT(*) FROM message WHERE id = ?", [preview.messageID]) > 0
  }

  private func add(_ notification: PlatformNotification, isBacklog: Backlog) throws {
    let known = try db.notification(notification.id)
    var row = notification
    row.preview = nil
    guard row != known else { return }
    try row.save(in: db)
    guard known == nil else { return }
    try record(
      EventDraft(
        .notificationReceived, notification: row.id,
        isBacklog: (isBacklog || row.isRead).includes(row.createdAt)))
  }

  private func add(
    _ preview: MessagePreview, of notification: PlatformNotification, isBacklog: Backlog
  ) throws {
    if let name = preview.senderName, try db.user(preview.senderID) == nil {
      try note(UserProfile(id: preview.senderID, fullName: name))
    }
    try add(
      island: MirrorMessage(preview: preview, at: notification.createdAt, me: me()),
      isBacklog: isBacklog || notification.isRead)
  }

  /// nil: all of them.
  func markNotificationsRead(_ ids: [NotificationID]?) throws {
    guard let ids else {
      try db.run("UPDATE notification SET is_read = 1 WHERE is_read = 0")
      return try set(.unreadNotifications, "0")
    }
    var unread = try db.setting(.unreadNotifications).flatMap(Int.init) ?? 0
    for id in ids {
      try db.run("UPDATE notification SET is_read = 1 WHERE id = ? AND is_read = 0", [id])
      unread -= db.changesCount
    }
    try set(.unreadNotifications, String(max(0, unread)))
  }
}
