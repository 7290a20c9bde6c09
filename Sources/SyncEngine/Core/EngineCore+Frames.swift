import FonanaCore

/// What the server says on the WebSocket.
extension EngineCore {
  mutating func frameArrived(_ frame: PushFrame, on socket: SocketID) {
    switch frame {
    case .connected(let user): serverGreeted(user, on: socket)
    case .subscribed: turn.log(.debug, .socketSubscribed)
    case .pong: connection.lastPongAt = turn.now.wall
    case .error(let text):
      turn.log(.info, .pushUnreadable, "the server says: \(DisplayText.line(text, limit: 120))")
    case .unreadNotifications: pushed("unread_notifications", about: nil)
    case .notification(let user, let notification):
      if isOurs(user), notification?.preview != nil { records.messageAnnounced(at: turn.now) }
      if isOurs(user), tookAsData(notification) { return }
      pushed("notification", about: user)
      if notification?.preview != nil, isOurs(user) { connection.isPushSeen = true }
    case .event(let type, let user): pushed(type, about: user)
    case .unreadable: turn.log(.info, .pushUnreadable)
    }
  }

  func isOurs(_ user: UserID?) -> Bool { user == nil || user == session.account?.userID }

  /// A push is a hint: it only makes the next question come sooner.
  private mutating func pushed(_ type: String, about user: UserID?) {
    guard isOurs(user) else { return turn.log(.warning, .pushOfAnotherUser, type) }
    connection.lastEventAt = turn.now.wall
    turn.log(.debug, .pushReceived, DisplayText.line(type, limit: 40))
    askAfterPush()
  }
}
