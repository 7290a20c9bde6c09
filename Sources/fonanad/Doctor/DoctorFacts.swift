import FonanaAPI
import FonanaCore
import SyncEngine

/// What checks leave for those behind them.
struct DoctorFacts: Sendable {
  /// From the secret file; of this server.
  var credentials: StoredCredentials?
  var resolution: NameResolution?
  /// The first answer of the API, and when it came on this machine's clock.
  var answer: ProbeAnswer?
  var answeredAt: Timestamp?
  /// What the server's clock is ahead of ours.
  var clockAhead = Duration.zero
  /// A token got just now; it is not kept.
  var freshToken: Redacted<String>?
  /// The one that the client would use: the stored one, or the fresh one when that is no good.
  var token: Redacted<String>?
  var socket: SocketSight?

  var user: UserID { credentials?.userID ?? UserID("") }
  var wallet: String { credentials?.wallet ?? "" }

  /// Nothing that is shown may hold one of these.
  var secrets: [String] {
    [credentials?.token, freshToken, token].compactMap { $0?.exposed }.filter { !$0.isEmpty }
  }
}
