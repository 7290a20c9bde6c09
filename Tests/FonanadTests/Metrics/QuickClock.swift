import FonanaCore
import SyncEngine

@testable import fonanad

/// All three clocks of the machine, so many times as fast.
struct QuickClock: EngineClock {
  let speed: Int
  private let start = SystemClock().now

  var now: Times {
    let now = SystemClock().now
    let passed = (now.boot - start.boot) * speed
    return Times(
      monotonic: start.monotonic + passed, boot: start.boot + passed, wall: start.wall + passed)
  }

  /// Since it was made, on itself.
  var passed: Duration { now.boot - start.boot }

  func sleep(until instant: Duration) async throws {
    let rest = (instant - now.boot) / speed
    if rest > .zero { try await Task.sleep(for: rest) } else { try Task.checkCancellation() }
  }

  /// Until so much has passed.
  func wait(for duration: Duration) async throws {
    try await sleep(until: start.boot + duration)
  }
}
