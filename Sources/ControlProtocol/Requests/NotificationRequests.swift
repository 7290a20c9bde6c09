package import FonanaCore

/// `notifications.list`.
package struct NotificationListRequest: Codable, Sendable, Hashable {
  package var unreadOnly: Bool
  package var limit: Int

  package init(unreadOnly: Bool = false, limit: Int = 50) {
    self.unreadOnly = unreadOnly
    self.limit = limit
  }
}

/// `notifications.read`.
package struct NotificationReadRequest: Codable, Sendable, Hashable {
  /// Null: all.
  @Nullable package var ids: [NotificationID]?

  package init(ids: [NotificationID]? = nil) {
    self.ids = ids
  }
}

/// How many were marked.
package struct NotificationReadResult: Codable, Sendable, Hashable {
  package var marked: Int

  package init(marked: Int) {
    self.marked = marked
  }
}
