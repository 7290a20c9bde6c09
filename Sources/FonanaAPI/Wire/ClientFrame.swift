import FonanaCore

/// The text frames that the client sends (docs/protocol.md, 8).
enum ClientFrame {
  static func subscribeToNotifications(_ user: UserID) -> String {
    var channel = JSONWriter()
    channel.add("type", "notifications")
    channel.add("userId", user.rawValue)
    var frame = JSONWriter()
    frame.add("type", "subscribe")
    frame.add("channel", raw: channel.text)
    return frame.text
  }
}
