import SyncEngine

@testable import fonanad

/// A clock that stands still: however slow the machine is, no patience ends.
struct StandingClock: EngineClock {
  let now = SystemClock().now

  /// Until it is cancelled.
  func sleep(until instant: Duration) async throws {
    for await _ in AsyncStream<Never>.makeStream().stream {}
    throw CancellationError()
  }
}
