package import FonanaCore

/// The three clocks, read together.
package struct Times: Hashable, Sendable, Codable {
  /// Stands still while the machine sleeps.
  package var monotonic: Duration
  /// Goes on while the machine sleeps: backoff and expiry count on this one.
  package var boot: Duration
  /// May jump; only for what is shown and stored.
  package var wall: Timestamp

  package init(monotonic: Duration, boot: Duration, wall: Timestamp) {
    self.monotonic = monotonic
    self.boot = boot
    self.wall = wall
  }
}

package protocol EngineClock: Sendable {
  var now: Times { get }
  /// Returns when the boot-time clock has reached `instant`, or throws when cancelled.
  func sleep(until instant: Duration) async throws
}
