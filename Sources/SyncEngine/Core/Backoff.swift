/// Exponential delays with jitter. Half of a delay is fixed: so an outage sees at most six
/// attempts in its first minute and two a minute later, whatever chance gives.
package struct Backoff: Sendable, Hashable {
  package private(set) var failures = 0
  /// Spread of the first delay, which starts at zero (RFC 6455, 7.2.3).
  let first: Duration
  let base: Duration
  let cap: Duration

  package init(first: Duration, base: Duration, cap: Duration) {
    self.first = first
    self.base = base
    self.cap = cap
  }

  /// Sockets: 0–8 s, then 2–4 s, 4–8 s, … 30–60 s.
  package static let socket = Backoff(first: .seconds(8), base: .seconds(4), cap: .seconds(60))
  /// Requests: 0.5–1 s, 1–2 s, … 30–60 s.
  package static let request = Backoff(first: .seconds(1), base: .seconds(1), cap: .seconds(60))

  /// The range of the next delay; counts a failure.
  package mutating func next() -> (low: Duration, high: Duration) {
    defer { failures += 1 }
    guard failures > 0 else { return (.zero, first) }
    let high = min(cap, base * (1 << min(failures - 1, 10)))
    return (high / 2, high)
  }

  package mutating func reset() { failures = 0 }
}
