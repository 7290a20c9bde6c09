import Logging
import ServiceLifecycle
import SyncEngine

/// The engine as a service: a graceful shutdown lets it close its connection in order.
struct EngineService: Service {
  let engine: Engine

  func run() async throws {
    try await withGracefulShutdownHandler {
      try await engine.run()
    } onGracefulShutdown: {
      engine.shutDown()
    }
  }
}
