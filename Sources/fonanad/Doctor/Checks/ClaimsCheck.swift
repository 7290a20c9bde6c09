import FonanaAPI
import FonanaCore
import SyncEngine

/// What does the stored token say of itself, and how long does it live?
struct ClaimsCheck: DoctorCheck {
  private static let tried = "read the stored token"

  let link = DoctorLink.claims
  let title = "Token"
  let needs = [DoctorLink.account]
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let stored = facts.credentials, let token = stored.token else {
      return .skip("nobody is logged in")
    }
    let claims = TokenClaims(of: token.exposed)
    if let user = claims?.userID, user != stored.userID {
      return .fail(
        "the stored token is of user \(user), the account is \(stored.userID)", tried: Self.tried,
        hint: "Type “fonana logout” and “fonana login”.")
    }
    let now = SystemClock.wall + facts.clockAhead
    guard let end = stored.expiresAt ?? claims?.expiresAt else {
      return .ok("it does not say when it ends: 30 days are taken", tried: Self.tried)
    }
    guard end <= now else {
      let issued = claims?.issuedAt.map { "issued \($0), " } ?? ""
      return .ok("\(issued)expires \(end), in \(Self.span(end - now))", tried: Self.tried)
    }
    return expired(end, now, &facts)
  }

  /// The daemon gets another by itself, unless the server gives none that lives.
  private func expired(
    _ end: Timestamp, _ now: Timestamp, _ facts: inout DoctorFacts
  ) -> DoctorFinding {
    let detail = "the stored token has expired \(Self.span(now - end)) ago (\(end))"
    guard let fresh = facts.freshToken else {
      return .fail(
        detail, tried: Self.tried, hint: "The daemon gets another when the server can be reached.")
    }
    if let freshEnd = TokenClaims(of: fresh.exposed)?.expiresAt, freshEnd <= now {
      return .fail(
        "\(detail), and so has one given just now (\(freshEnd))", tried: Self.tried,
        hint: "The server's clock is wrong: tell whoever runs it.")
    }
    facts.token = fresh
    return .warn(
      "\(detail); the server gives a new one", tried: Self.tried,
      hint: "Nothing to do: the daemon gets it by itself. Type “fonana daemon start” if it does "
        + "not run.")
  }

  static func span(_ duration: Duration) -> String {
    switch duration.components.seconds {
    case let seconds where seconds >= 2 * 86_400: "\(seconds / 86_400) days"
    case let seconds where seconds >= 2 * 3600: "\(seconds / 3600) hours"
    case let seconds where seconds >= 120: "\(seconds / 60) minutes"
    case let seconds: "\(seconds) s"
    }
  }
}
