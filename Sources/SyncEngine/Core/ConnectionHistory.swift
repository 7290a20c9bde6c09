package import FonanaCore

/// What became of the WebSocket in the last day, in periods of a quarter of an hour.
package struct ConnectionHistory: Sendable, Equatable, Codable {
  package struct Period: Sendable, Equatable, Codable {
    package var from: Timestamp
    package var attempts = 0
    package var succeeded = 0
    /// Ended before the server's greeting.
    package var failed = 0
    /// Ended after it, not by us.
    package var lost = 0
    package var connected: Duration = .zero
    /// Why, with how often.
    package var reasons: [String: Int] = [:]
    /// What happened to the machine, with how often.
    package var incidents: [Incident: Int] = [:]
  }

  /// What can end a connection from below.
  package enum Incident: String, Sendable, Codable, CaseIterable {
    /// The machine was suspended.
    case slept
    case clockSet = "clock-set"
    /// An address, a link or a route.
    case networkChanged = "network-changed"
  }

  enum Event: Equatable {
    case attempted
    case succeeded
    case failed(String)
    case lost(String)
    case happened(Incident)
  }

  package static let periodLength = Duration.seconds(900)
  private static let day = Duration.seconds(86_400)
  private static let mostPeriods = 97
  private static let mostReasons = 8

  private var periods: [Period] = []

  package init() {}

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
    case .happened(let incident): periods[index].incidents[incident, default: 0] += 1
    }
  }

  /// A connection stood for `duration`, until `end`: each period gets its share.
  mutating func noteConnected(for duration: Duration, until end: Timestamp) {
    var (rest, end) = (min(duration, Self.day), end)
    while rest > .zero {
      let from = Self.start(of: end - .milliseconds(1))
      let share = min(rest, max(.milliseconds(1), end - from))
      if let index = index(of: from) { periods[index].connected += share }
      (rest, end) = (rest - share, from)
    }
  }

  /// The place of a period, made if need be; nil: it is too old.
  private mutating func index(of from: Timestamp) -> Int? {
    if let known = periods.lastIndex(where: { $0.from == from }) { return known }
    let place = periods.firstIndex { $0.from > from } ?? periods.count
    guard place > 0 || periods.count < Self.mostPeriods else { return nil }
    periods.insert(Period(from: from), at: place)
    guard periods.count > Self.mostPeriods else { return place }
    periods.removeFirst()
    return place - 1
  }

  /// A clock that was set back adds to the newest period.
  private mutating func openPeriod(at now: Timestamp) {
    let from = Self.start(of: now)
    if let last = periods.last, last.from >= from { return }
    periods.append(Period(from: from))
    if periods.count > Self.mostPeriods { periods.removeFirst() }
  }

  private static func start(of now: Timestamp) -> Timestamp {
    let length = periodLength.components.seconds * 1000
    return Timestamp(milliseconds: now.milliseconds / length * length)
  }

  private mutating func count(_ reason: String, in index: Int) {
    let isKnown = periods[index].reasons[reason] != nil
    let name = isKnown || periods[index].reasons.count < Self.mostReasons ? reason : "other"
    periods[index].reasons[name, default: 0] += 1
  }
}
