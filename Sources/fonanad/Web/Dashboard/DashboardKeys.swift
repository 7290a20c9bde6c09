/// The secrets of one run of the page.
///
/// The address that a person opens is seen by others: it stands in `ps` and in the browser's
/// history. So it holds a ticket that opens the page once and soon; the browser gets the key of
/// the run for it, as a cookie that no script can read. A browser gives the cookies of 127.0.0.1
/// to every port there, so ours is bound to a folder that nobody can guess.
struct DashboardKeys: Sendable {
  static let cookie = "fonana"
  static let life = Duration.seconds(600)
  private static let mostTickets = 16

  let folder = "/" + String(AccessKey().exposed.prefix(32))
  let session = AccessKey()
  private var tickets: [(key: AccessKey, until: ContinuousClock.Instant)] = []

  mutating func issueTicket(at now: ContinuousClock.Instant = .now) -> AccessKey {
    let key = AccessKey()
    tickets = tickets.filter { $0.until > now }.suffix(Self.mostTickets - 1)
    tickets.append((key, now + Self.life))
    return key
  }

  /// False: it is wrong, old, or was used before.
  mutating func redeem(_ guess: String?, at now: ContinuousClock.Instant = .now) -> Bool {
    // All are compared, whichever fits.
    let fitting = tickets.filter { $0.key.fits(guess) }
    tickets.removeAll { $0.key.fits(guess) }
    return fitting.contains { $0.until > now }
  }

  var setCookie: (name: String, value: String) {
    (
      "Set-Cookie",
      "\(Self.cookie)=\(session.exposed); Path=\(folder); HttpOnly; SameSite=Strict"
    )
  }
}
