/// How often a socket is tried (12): at most six times in the first minute of an outage, then at
/// most twice a minute. An outage begins with a loss and ends when a connection has lasted for a
/// minute. And that no good connection is closed again and again for nothing.
struct SocketRecord {
  private var since: Duration?
  private var attempts: [Duration] = []
  private var openedAt: Duration?
  /// Closings of ours since the last loss, sleep, person or start.
  private var unprovoked = 0

  /// A sentence when it was too often.
  mutating func opened(at now: Duration) -> String? {
    openedAt = now
    guard let since else { return nil }
    attempts.append(now)
    let early = attempts.count { $0 < since + .seconds(60) }
    if early > 6 { return "\(early) attempts in the first minute of an outage" }
    guard now >= since + .seconds(120) else { return nil }
    let recent = attempts.count { $0 > now - .seconds(60) }
    return recent > 2 ? "\(recent) attempts in a later minute of an outage" : nil
  }

  /// A sentence when nothing gave a reason to close it: taking the slot again after a loss, and a
  /// logout are two.
  mutating func ended(at now: Duration, byUs isOurs: Bool) -> String? {
    if let openedAt, now - openedAt >= .seconds(60) { endOutage() }
    openedAt = nil
    unprovoked = isOurs ? unprovoked + 1 : 0
    if !isOurs { since = since ?? now }
    return unprovoked > 3 ? "a good connection was closed \(unprovoked) times" : nil
  }

  /// A person or a new process begins anew.
  mutating func forgive() {
    unprovoked = 0
    endOutage()
  }

  private mutating func endOutage() {
    since = nil
    attempts = []
  }
}
