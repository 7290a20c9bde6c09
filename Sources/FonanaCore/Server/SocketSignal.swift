/// What the WebSocket tells.
package enum SocketSignal: Sendable, Equatable, Codable {
  /// The upgrade was answered with 101. Nothing may be sent yet (docs/protocol.md, 8).
  case opened
  case frame(PushFrame)
  /// A WebSocket ping or pong came: the peer is alive.
  case alive
  /// Ended: the close code and reason of the peer, or nil for an abnormal end.
  case closed(code: Int?, reason: String)
  /// The connection or its upgrade failed; `status` when an HTTP answer other than 101 came.
  case failed(ServerFailure)
}

/// A frame of the server, as far as the engine cares.
package enum PushFrame: Sendable, Equatable, Codable {
  case connected(UserID?)
  case subscribed(channel: String)
  case pong
  case error(String)
  case unreadNotifications([PlatformNotification])
  case notification(userID: UserID?, PlatformNotification?)
  /// Any other event; `userID` when the frame names one.
  case event(type: String, userID: UserID?)
  /// JSON without a type, not JSON, or beyond the limits.
  case unreadable
}

/// What the engine may say on the socket.
package enum SocketCommand: Sendable, Equatable, Codable {
  case subscribeToNotifications(UserID)
  /// A WebSocket ping.
  case ping
  /// Ends the connection: with a close frame, or at once.
  case close(abruptly: Bool)
}
