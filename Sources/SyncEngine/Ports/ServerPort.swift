package import FonanaCore

/// Who calls. Both are sent with every call (docs/protocol.md, 4).
package struct Credentials: Sendable, Equatable {
  package var wallet: String
  package var token: Redacted<String>

  package init(wallet: String, token: Redacted<String>) {
    self.wallet = wallet
    self.token = token
  }
}

/// The HTTP side of the server. Never retries and never follows a redirect.
package protocol ServerPort: Sendable {
  /// Cancelling the task ends the call; it then answers `.failure(.cancelled)`.
  func perform(_ request: ServerRequest, as credentials: Credentials?) async -> ServerAnswer
}

/// The WebSocket side of the server.
package protocol SocketPort: Sendable {
  /// Runs one connection until it has ended. The last signal is `closed` or `failed`.
  /// Cancelling the task ends the connection at once.
  func run(
    as credentials: Credentials, commands: AsyncStream<SocketCommand>,
    onSignal: @escaping @Sendable (SocketSignal) -> Void) async
}
