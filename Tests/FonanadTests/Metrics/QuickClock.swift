import FonanaCore
import SyncEngine
import Synchronization

@testable import fonanad

/// All three clocks of the machine, so many times as fast; how many, can be changed at any time.
/// The wall clock begins with a period of the history.
final class QuickClock: EngineClock {
  private struct Pace: Sendable {
    /// Of the machine's clock and of this one, when the speed was last set.
    var real: Duration
    var passed = Duration.zero
    var speed: Int

    func passed(at now: Duration) -> Duration { passed + (now - real) * speed }
  }

  /// Until a new speed is noticed.
  private static let slice = Duration.milliseconds(10)

  private let start: Times
  private let pace: Mutex<Pace>

  init(speed: Int) {
    var start = SystemClock().now
    let period = ConnectionHistory.periodLength.components.seconds * 1000
    let wall = (start.wall.milliseconds / period + 1) * period
    start.wall = Timestamp(milliseconds: wall)
    self.start = start
    pace = Mutex(Pace(real: start.boot, speed: speed))
  }

  var speed: Int {
    get { pace.withLock { $0.speed } }
    set {
      let now = SystemClock().now.boot
      pace.withLock { $0 = Pace(real: now, passed: $0.passed(at: now), speed: newValue) }
    }
  }

  /// Since it was made, on itself.
  var passed: Duration {
    let now = SystemClock().now.boot
    return pace.withLock { $0.passed(at: now) }
  }

  var now: Times {
    let passed = passed
    return Times(
      monotonic: start.monotonic + passed, boot: start.boot + passed, wall: start.wall + passed)
  }

  func sleep(until instant: Duration) async throws {
    try Task.checkCancellation()
    while case let rest = instant - now.boot, rest > .zero {
      try await Task.sleep(for: min(rest / speed, Self.slice))
    }
  }

  /// Until so much has passed.
  func wait(for duration: Duration) async throws {
    try await sleep(until: start.boot + duration)
  }
}
