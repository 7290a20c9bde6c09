import FonanaCore
import Glibc
import SyncEngine

/// The machine's clocks.
struct SystemClock: EngineClock {
  /// A sleep is cut into pieces of this length, for a library whose timers stand still while the
  /// machine sleeps. Those of today count on CLOCK_BOOTTIME, so it may be long: each piece is a
  /// wake-up, of each timer.
  private static let longestNap = Duration.seconds(120)

  var now: Times {
    Times(
      monotonic: Self.read(CLOCK_MONOTONIC), boot: Self.read(CLOCK_BOOTTIME), wall: Self.wall)
  }

  func sleep(until instant: Duration) async throws {
    while true {
      let rest = instant - Self.read(CLOCK_BOOTTIME)
      guard rest > .zero else { return try Task.checkCancellation() }
      try await Task.sleep(for: min(rest, Self.longestNap))
    }
  }

  static var wall: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  static var boot: Duration { read(CLOCK_BOOTTIME) }

  private static func read(_ clock: clockid_t) -> Duration {
    var time = timespec()
    clock_gettime(clock, &time)
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }
}
