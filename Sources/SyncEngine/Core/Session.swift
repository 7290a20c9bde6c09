package import FonanaCore

/// Who we are to the server, and with which token. Generations of tokens are numbered by us.
package struct Session: Sendable {
  package struct HeldToken: Sendable, Equatable {
    package var value: Redacted<String>
    package var generation: Int
    package var issuedAt: Timestamp
    package var expiresAt: Timestamp
    /// On the boot-time clock, so that a jump of the wall clock does not matter.
    package var expiresAtBoot: Duration
  }

  package enum Refresh: Sendable, Equatable {
    /// Nothing to do before the timer. → requesting
    case idle
    /// One token request is on the wire. → idle, waiting
    case requesting
    /// The last one failed; the timer runs. → requesting
    case waiting
  }

  /// A route that refuses a fresh token: probed now and then.
  package struct Degraded: Sendable, Equatable {
    package var nextProbe: Duration
    package var probeDelay: Duration
  }

  package var account: AccountRecord?
  package var wallet: String?
  package var token: HeldToken?
  /// The secret file was damaged: nobody has logged out, so messages are taken, and wait.
  package var isTokenUnreadable = false
  package var refresh: Refresh = .idle
  /// Of the newest request for a token.
  package var refreshCause = RefreshCause.scheduled
  package var backoff = Backoff.request
  package var refreshes = 0
  package var generation: ServerGeneration?
  package var serverVersion: String?
  package var lastGeneration = 0
  /// The newest generation that some route has refused.
  package var refusedGeneration: Int?
  /// The generation that replaced a refused one: a route that refuses it too is degraded.
  package var replacementGeneration: Int?
  package var degraded: [Route: Degraded] = [:]
  /// The newest generation that each route has accepted: a later refusal is a revocation, not a
  /// route with a secret of its own.
  package var accepted: [Route: Int] = [:]

  /// The server's lists or messages say that it does not know us: nothing is sent until they do.
  package var isAccountMissing = false

  package init() {}

  package var credentials: Credentials? {
    guard let wallet, let token else { return nil }
    return Credentials(wallet: wallet, token: token.value)
  }

  package func isExpired(at boot: Duration) -> Bool {
    token.map { $0.expiresAtBoot <= boot } ?? false
  }

  /// A new token is there: each degraded route is tried with it once; its delays go on growing.
  package mutating func probeSoon(at boot: Duration) {
    degraded = degraded.mapValues { Degraded(nextProbe: boot, probeDelay: $0.probeDelay) }
  }

  /// Whether a call of this route has a chance now.
  package func canCall(_ route: Route, at boot: Duration) -> Bool {
    guard !route.needsToken || token != nil else { return false }
    return degraded[route].map { $0.nextProbe <= boot } ?? true
  }

  /// 30 days, unless the answer or the token's claims tell (docs/protocol.md, 2).
  private static let defaultLife = Duration.seconds(30 * 86_400)

  /// Takes a token over as the newest generation. `serverNow` is the server's clock.
  package mutating func hold(_ grant: TokenGrant, serverNow: Timestamp, now: Times) {
    let issued = grant.issuedAt ?? serverNow
    let expires = grant.expiresAt ?? issued + Self.defaultLife
    hold(
      grant.token, issuedAt: issued, expiresAt: expires, remaining: expires - serverNow, now: now)
    if let answered = grant.generation { generation = answered }
  }

  package mutating func hold(
    _ value: Redacted<String>, issuedAt: Timestamp, expiresAt: Timestamp, remaining: Duration,
    now: Times
  ) {
    lastGeneration += 1
    token = HeldToken(
      value: value, generation: lastGeneration, issuedAt: issuedAt, expiresAt: expiresAt,
      expiresAtBoot: now.boot + remaining)
  }

  /// When 80 % of the token's life are over, on the boot-time clock.
  package var refreshAtBoot: Duration? {
    token.map { $0.expiresAtBoot - ($0.expiresAt - $0.issuedAt) / 5 }
  }
}
