import Logging
import ServiceLifecycle
import SyncEngine

/// The engine as a service: a graceful shutdown lets it close its connection in order.
struct EngineService: Service {
  let engine: Engine
  let credentials: CredentialKeeper

  func run() async throws {
    await credentials.settle()
    try await withGracefulShutdownHandler {
      try await engine.run()
    } onGracefulShutdown: {
      engine.shutDown()
    }
  }
}
