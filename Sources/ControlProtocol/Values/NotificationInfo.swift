package import FonanaCore

/// One of the platform's notifications.
package struct NotificationInfo: Codable, Sendable, Hashable {
  package var id: NotificationID
  package var type: String
  package var title: String
  package var message: String
  package var isRead: Bool
  @RFC3339 package var createdAt: Timestamp
  @Nullable package var metadata: JSONValue?

  package init(
    id: NotificationID, type: String, title: String, message: String, isRead: Bool,
    createdAt: Timestamp, metadata: JSONValue? = nil
  ) {
    self.id = id
    self.type = type
    self.title = title
    self.message = message
    self.isRead = isRead
    self.createdAt = createdAt
    self.metadata = metadata
  }
}

/// The answer of `notifications.list`, newest first.
package struct NotificationsResult: Codable, Sendable, Hashable {
  package var notifications: [NotificationInfo]
  package var unread: Int
  package var freshness: FreshnessInfo

  package init(notifications: [NotificationInfo], unread: Int, freshness: FreshnessInfo) {
    self.notifications = notifications
    self.unread = unread
    self.freshness = freshness
  }
}
