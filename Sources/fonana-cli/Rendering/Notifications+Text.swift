import ControlProtocol
import FonanaCore

extension NotificationsResult: Renderable {
  func text(_ style: TextStyle) -> String {
    guard !notifications.isEmpty else { return style.isTerminal ? "Nothing here." : "" }
    return notifications.map { $0.line(style) }.joined(separator: "\n")
  }
}

extension NotificationInfo {
  func line(_ style: TextStyle) -> String {
    let mark = isRead ? "" : style.cyan(" (new)")
    let text = [title, message].filter { !$0.isEmpty }.map { DisplayText.line($0, limit: 500) }
    return "\(style.dim(style.time(createdAt)))  \(DisplayText.line(type, limit: 40))\(mark): "
      + text.joined(separator: " — ")
  }
}

extension NotificationReadResult: Renderable {
  func text(_ style: TextStyle) -> String { "marked as read: \(marked)" }
}
