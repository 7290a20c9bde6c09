/// When the requests and upgrades of clients came.
struct FleetTally: Sendable {
  private(set) var clients: Int
  var violations = 0
  /// In the first hour, with what a start costs; and in the second.
  private var hours = [0, 0]
  /// In each second after the platform was back.
  private(set) var seconds = Array(repeating: 0, count: FleetStudy.returnTime)

  init(clients: Int = 0) { self.clients = clients }

  mutating func count(_ instant: Duration, _ outage: Range<Duration>) {
    let hour = Int(instant.components.seconds) / 3600
    if instant < outage.lowerBound {
      if hour < hours.count { hours[hour] += 1 }
    } else if instant >= outage.upperBound {
      let second = Int((instant - outage.upperBound).components.seconds)
      if second < seconds.count { seconds[second] += 1 }
    }
  }

  mutating func add(_ other: FleetTally) {
    clients += other.clients
    violations += other.violations
    for hour in hours.indices { hours[hour] += other.hours[hour] }
    for second in seconds.indices { seconds[second] += other.seconds[second] }
  }

  /// Of one client in one second, on average over the first or the second hour.
  func rate(ofHour hour: Int) -> Double { Double(hours[hour]) / 3600 / Double(clients) }

  /// The fullest second of the minute after the outage, of one client.
  var peak: Double { Double(seconds.max() ?? 0) / Double(clients) }

  /// Over that minute.
  var mean: Double {
    Double(seconds.reduce(0, +)) / Double(seconds.count) / Double(clients)
  }
}
