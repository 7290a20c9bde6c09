import FonanaAPI
import FonanaCore
import SyncEngine

/// The WebSocket client as the engine wants it.
struct APISocketPort: SocketPort {
  let client: SocketClient

  func run(
    as credentials: Credentials, commands: AsyncStream<SocketCommand>,
    onSignal: @escaping @Sendable (SocketSignal) -> Void
  ) async {
    await client.run(
      wallet: credentials.wallet, token: credentials.token, commands: commands,
      onSignal: onSignal)
  }
}
