import FonanaCore
import SyncEngine

/// The true time, and what the client's three clocks make of it.
struct SimClock {
  /// Since the beginning of the schedule.
  private(set) var now: Duration = .zero
  private(set) var slept: Duration = .zero
  var wallOffset: Duration = .zero
  /// How far the server's clock is ahead of the true time.
  var serverOffset: Duration = .zero
  /// While the client's machine sleeps: since when.
  private(set) var asleepSince: Duration?

  static let epoch = Timestamp(milliseconds: 1_795_500_000_000)
  static let bootOffset = Duration.seconds(1000)

  mutating func advance(to instant: Duration) { now = max(now, instant) }
  mutating func sleep() { asleepSince = now }

  mutating func wake() {
    guard let since = asleepSince else { return }
    slept += now - since
    asleepSince = nil
  }

  var times: Times {
    Times(
      monotonic: now + Self.bootOffset - slept, boot: now + Self.bootOffset,
      wall: Self.epoch + (now + wallOffset))
  }

  /// The server's clock.
  var server: Timestamp { Self.epoch + (now + serverOffset) }

  /// 1970 or 2106: the ends of a clock of 32 bits.
  mutating func jumpFar(back: Bool) {
    let end = Timestamp(milliseconds: back ? 86_400_000 : 4_294_967_296_000)
    wallOffset = end - (Self.epoch + now)
  }

  static func instant(ofBoot boot: Duration) -> Duration { boot - bootOffset }
}
