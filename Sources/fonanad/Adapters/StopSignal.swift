import ServiceLifecycle

/// Ends when it is fired; the end of this service stops all others.
final class StopSignal: Service {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  func fire() { continuation.finish() }

  /// Signals come to the group from here on.
  func run() async throws {
    if EarlyStop.isAsked { return }
    for await _ in stream.cancelOnGracefulShutdown() {}
  }
}
