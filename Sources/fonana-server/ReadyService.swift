import FonanaServer
import Glibc
import ServiceLifecycle

/// Says on stdout when both ports listen, for people and for tests that start the process.
struct ReadyService: Service {
  let server: ReferenceServer
  let generation: ServerGeneration

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      try await server.waitUntilListening()
      print(
        "fonana-server ready http=\(server.httpPort) ws=\(server.webSocketPort)"
          + " generation=\(generation.rawValue)")
      // stdout is a pipe for those who wait for this line.
      fflush(nil)
    }
    try? await gracefulShutdown()
  }
}
