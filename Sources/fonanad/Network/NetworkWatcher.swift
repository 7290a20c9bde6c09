import ControlProtocol
import Logging
import ServiceLifecycle

/// Tells that the network has changed. A thread of its own waits for the kernel's word.
struct NetworkWatcher: Service {
  let logger: Logger
  let onChange: @Sendable () -> Void

  func run() async throws {
    guard let socket = NetworkSocket(), let changes = Self.changes(of: socket) else {
      logger.info("This system does not tell when the network changes.")
      try? await gracefulShutdown()
      return
    }
    await withTaskCancellationOrGracefulShutdownHandler {
      for await _ in changes { onChange() }
    } onCancelOrGracefulShutdown: {
      socket.stop()
    }
  }

  /// nil: the system has no thread left.
  private static func changes(of socket: NetworkSocket) -> AsyncStream<Void>? {
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let hasStarted = BlockingThread.detached {
      while socket.wait() { continuation.yield() }
      continuation.finish()
    }
    return hasStarted ? stream : nil
  }
}
