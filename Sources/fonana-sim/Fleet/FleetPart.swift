/// What one client of a fleet goes through: an hour and a half of the platform's ordinary days, an
/// outage, and what comes after it.
struct FleetPart: Sendable {
  /// Somebody looks at a list or a stream all the time, and a message comes every two minutes.
  var isWatched: Bool
  /// When the platform goes away and when it is back; on the client's own clock.
  var outage: Range<Duration>
}

extension Simulation {
  func schedule(_ part: FleetPart) {
    if part.isWatched { after(.milliseconds(1), .person(.look(true))) }
    after(part.outage.lowerBound, .platform(isOut: true))
    after(part.outage.upperBound, .platform(isOut: false))
  }

  func platform(isOut: Bool) {
    note(isOut ? "platform away" : "platform back")
    self.isOut = isOut
    guard isOut, let serial = process.socket?.serial else { return }
    after(.zero, .socket(.end(serial: serial, code: nil)))
  }
}
