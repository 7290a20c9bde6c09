/// An order from outside to the handler of one socket.
enum SocketCommand: Sendable {
  /// Sends a close frame and closes when the peer has answered it, or soon after.
  case close(code: UInt16, reason: String)
  /// Closes the connection at once, without a close frame.
  case terminate
  case sendText(String)
}
