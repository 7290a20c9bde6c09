/// The notifications of one user, ordered by `createdAt` and then by arrival.
struct NotificationShelf: Sendable {
  private(set) var rows: [WorldNotification] = []
  private(set) var unreadCount = 0

  mutating func insert(_ row: WorldNotification) {
    var index = rows.count
    while index > 0, rows[index - 1].createdAt > row.createdAt { index -= 1 }
    rows.insert(row, at: index)
    if !row.isRead { unreadCount += 1 }
  }

  /// The newest ones first.
  func newest(_ limit: Int, unreadOnly: Bool) -> [WorldNotification] {
    var found: [WorldNotification] = []
    var index = rows.count - 1
    while index >= 0, found.count < limit, !unreadOnly || unreadCount > found.count {
      if !unreadOnly || !rows[index].isRead { found.append(rows[index]) }
      index -= 1
    }
    return found
  }

  /// Marks some (nil: all) read and returns the ids of those that were unread.
  mutating func markRead(_ ids: Set<String>?) -> [String] {
    var changed: [String] = []
    for index in rows.indices where !rows[index].isRead && ids?.contains(rows[index].id) ?? true {
      rows[index].isRead = true
      changed.append(rows[index].id)
    }
    unreadCount -= changed.count
    return changed
  }

  /// Deletes some; nil: all that have been read.
  mutating func delete(_ ids: Set<String>?) {
    rows.removeAll { ids?.contains($0.id) ?? $0.isRead }
    unreadCount = rows.count { !$0.isRead }
  }
}
