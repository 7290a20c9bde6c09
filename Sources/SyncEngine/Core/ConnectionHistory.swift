package import FonanaCore

/// What became of the WebSocket in the last day, in periods of a quarter of an hour.
package struct ConnectionHistory: Sendable, Equatable {
  package struct Period: Sendable, Equatable {
    package var from: Timestamp
    package var attempts = 0
    package var succeeded = 0
    /// Ended before the server's greeting.
    package var failed = 0
    /// Ended after it, not by us.
    package var lost = 0
    /// Why, with how often.
    package var reasons: [String: Int] = [:]
  }

  enum Event: Equatable {
    case attempted
    case succeeded
    case failed(String)
    case lost(String)
  }

  package static let periodLength = Duration.seconds(900)
  private static let day = Duration.seconds(86_400)
  private static let mostPeriods = 97
  private static let mostReasons = 8

  private var periods: [Period] = []

  /// Oldest first; those without any event are left out.
  package func lastDay(at now: Timestamp) -> [Period] {
    periods.filter { $0.from > now - Self.day - Self.periodLength }
  }

  mutating func note(_ event: Event, at now: Timestamp) {
    openPeriod(at: now)
    let index = periods.count - 1
    switch event {
    case .attempted: periods[index].attempts += 1
    case .succeeded: periods[index].succeeded += 1
    case .failed(let reason):
      periods[index].failed += 1
      count(reason, in: index)
    case .lost(let reason):
      periods[index].lost += 1
      count(reason, in: index)
    }
  }

  /// A clock that was set back adds to the newest period.
  private mutating func openPeriod(at now: Timestamp) {
    let length = Self.periodLength.components.seconds * 1000
    let from = Timestamp(milliseconds: now.milliseconds / length * length)
    if let last = periods.last, last.from >= from { return }
    periods.append(Period(from: from))
    if periods.count > Self.mostPeriods { periods.removeFirst() }
  }

  private mutating func count(_ reason: String, in index: Int) {
    let isKnown = periods[index].reasons[reason] != nil
    let name = isKnown || periods[index].reasons.count < Self.mostReasons ? reason : "other"
    periods[index].reasons[name, default: 0] += 1
  }
}
