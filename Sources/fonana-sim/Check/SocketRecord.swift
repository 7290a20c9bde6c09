/// How often a socket is tried (12): at most six times in the first minute of an outage, then at
/// most twice a minute. An outage begins with a loss and ends when a connection has lasted for a
/// minute.
struct SocketRecord {
  private var since: Duration?
  private var attempts: [Duration] = []
  private var openedAt: Duration?

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

  mutating func ended(at now: Duration, byUs isOurs: Bool) {
    if let openedAt, now - openedAt >= .seconds(60) { forgive() }
    openedAt = nil
    if !isOurs { since = since ?? now }
  }

  /// A person or a new process begins anew.
  mutating func forgive() {
    since = nil
    attempts = []
  }
}
