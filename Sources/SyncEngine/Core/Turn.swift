package import FonanaCore

/// What one event's handling may use: the times, chance, new numbers, and a place for effects.
package struct Turn: Sendable {
  package private(set) var now: Times
  package private(set) var effects: [EngineEffect] = []
  private var random: Xoshiro
  private var lastNumber = 0
  private let scale: Int
  private let start: Times
  /// A mutant: durations are the wall clock's.
  private let isOnWallClock: Bool

  package init(now: Times, seed: UInt64, scale: Int, isOnWallClock: Bool = false) {
    self.now = now
    start = now
    self.isOnWallClock = isOnWallClock
    self.random = Xoshiro(seed: seed)
    self.scale = max(1, scale)
  }

  package mutating func begin(at times: Times) {
    now = times
    if isOnWallClock { now.boot = start.boot + (times.wall - start.wall) }
    effects.removeAll(keepingCapacity: true)
  }

  package mutating func emit(_ effect: EngineEffect) { effects.append(effect) }

  package mutating func log(_ level: LogLine.Level, _ stage: Stage, _ detail: String = "") {
    effects.append(.log(LogLine(level, stage, detail)))
  }

  /// A duration of the protocol, as long as this daemon's time scale makes it.
  package func scaled(_ duration: Duration) -> Duration { duration / scale }

  /// The boot-time instant in `duration` of scaled time.
  package func instant(in duration: Duration) -> Duration { now.boot + scaled(duration) }

  package mutating func setTimer(_ timer: TimerID, in duration: Duration) {
    effects.append(.setTimer(timer, at: instant(in: duration)))
  }

  /// Between `low` and `high`, both scaled.
  package mutating func setTimer(_ timer: TimerID, between low: Duration, and high: Duration) {
    setTimer(timer, in: random(between: low, and: high))
  }

  package mutating func random(between low: Duration, and high: Duration) -> Duration {
    low + (high - low) * random.nextUnit()
  }

  /// A UUID of version 4.
  package mutating func newClientID() -> ClientID {
    let digits = [random.next(), random.next()].map { number in
      let short = String(number, radix: 16)
      return String(repeating: "0", count: 16 - short.count) + short
    }.joined()
    var rest = Substring(digits)
    func take(_ count: Int) -> Substring {
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    return ClientID("\(take(8))-\(take(4))-4\(take(3))-8\(take(3))-\(take(12))")
  }

  package mutating func nextNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }
}
