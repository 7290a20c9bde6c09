/// Failing and unasked requests share 30 a minute, with a burst of 20 (docs/reliability.md, “Tokens, connection, budget”).
package struct RequestBudget: Sendable, Hashable {
  private var level: Double
  private var at: Duration = .zero
  private let burst: Double
  private let perSecond: Double

  package init(burst: Int, perMinute: Int) {
    self.burst = Double(burst)
    self.perSecond = Double(perMinute) / 60
    level = Double(burst)
  }

  /// nil: taken. Else how long until one is there. `scale` makes time run quicker.
  package mutating func take(at now: Duration, scale: Int = 1) -> Duration? {
    refill(at: now, scale: scale)
    guard level < 1 else {
      level -= 1
      return nil
    }
    return wait(for: 1 - level, scale: scale)
  }

  /// Whether one could be taken now.
  package mutating func hasRoom(at now: Duration, scale: Int = 1) -> Bool {
    refill(at: now, scale: scale)
    return level >= 1
  }

  /// A request that was not counted has failed.
  package mutating func charge(at now: Duration, scale: Int = 1) {
    refill(at: now, scale: scale)
    level = max(-burst, level - 1)
  }

  /// How long until failures that were not counted before are paid for; nil: nothing is owed.
  package mutating func debt(at now: Duration, scale: Int = 1) -> Duration? {
    refill(at: now, scale: scale)
    return level < -1e-3 ? wait(for: -level, scale: scale) : nil
  }

  /// Never so short that rounding leaves a timer to fire at once, again and again.
  private func wait(for share: Double, scale: Int) -> Duration {
    max(.milliseconds(1), .seconds(share / perSecond) / scale)
  }

  private mutating func refill(at now: Duration, scale: Int) {
    let passed = max(.zero, now - at) * scale
    at = max(at, now)
    let seconds = Double(passed.components.seconds) + Double(passed.components.attoseconds) * 1e-18
    level = min(burst, level + seconds * perSecond)
  }
}
