import FonanaServer
import ServiceLifecycle

/// Runs the server; a wish to shut down cuts every connection at once.
struct ServingService: Service {
  let server: ReferenceServer

  func run() async throws {
    try await withGracefulShutdownHandler {
      try await server.run()
    } onGracefulShutdown: {
      server.beginStop()
    }
  }
}
