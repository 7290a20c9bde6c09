import ControlProtocol
import FonanaCore

extension NotificationInfo {
  init(_ notification: PlatformNotification) {
    self.init(
      id: notification.id, type: notification.type, title: notification.title,
      message: notification.message, isRead: notification.isRead,
      createdAt: notification.createdAt, metadata: notification.metadata.map { JSONValue($0) })
  }
}
