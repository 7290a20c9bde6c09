import ServiceLifecycle
import SyncEngine

/// Writes the history of the connection soon after it has changed, not more often than every few
/// seconds, and at the end. A crash takes the time of a connection that stood since the last change.
struct HistoryKeeper: Service {
  private static let pause = Duration.seconds(5)

  let file: ConnectionHistoryFile
  let engine: Engine
  let changes: HistoryChanges

  func run() async throws {
    for await _ in changes.stream.cancelOnGracefulShutdown() {
      file.write(engine.connectionHistory)
      try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.pause) }
    }
  }
}

/// Tells the keeper that the connection has changed, once for all that came since it last looked.
struct HistoryChanges: Sendable {
  let stream: AsyncStream<Void>
  private let queue: AsyncStream<Void>.Continuation

  init() { (stream, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  func note(_ observation: EngineObservation) {
    switch observation {
    case .connected, .connectionFailed, .connectionLost: queue.yield()
    case .connectionGivenUp, .tokenRequested, .pushStored, .sendConfirmed: break
    }
  }
}
