import FonanaAPI
import FonanaCore
import SyncEngine
import Synchronization

/// The WebSocket client as the engine wants it.
struct APISocketPort: SocketPort {
  let client: SocketClient
  let metrics: DaemonMetrics

  func run(
    as credentials: Credentials, commands: AsyncStream<SocketCommand>,
    onSignal: @escaping @Sendable (SocketSignal) -> Void
  ) async {
    let isOpen = Atomic(false)
    await client.run(
      wallet: credentials.wallet, token: credentials.token, commands: commands
    ) { signal in
      if case .opened = signal {
        isOpen.store(true, ordering: .relaxed)
        metrics.socketOpened()
      }
      onSignal(signal)
    }
    if isOpen.load(ordering: .relaxed) { metrics.socketClosed() }
  }
}
