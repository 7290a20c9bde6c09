import FonanaCore
import SyncEngine

/// Whether each token is asked for because the one that is held is no good any more (11). A token
/// that has been replaced is no reason: a request that was refused with it goes again with the new
/// one. Logins are not looked at: a person wants them.
struct RefreshRecord {
  /// Of the token that the client holds: numbered here.
  private var generation = 0
  private var token: Redacted<String>?
  /// On the boot-time clock: when 80 % of its life are over; nil: there is none.
  private var isDueAt: Duration?
  private var isRefused = false
  /// A good token has come in its place.
  private var isAnswered = false
  /// With which token each request went.
  private var sentWith: [RequestID: Int] = [:]

  /// A new process holds what the disk had.
  mutating func booted(with stored: StoredCredentials?, at times: Times) {
    sentWith = [:]
    begin(stored, serverNow: times.wall, at: times)
  }

  /// `serverNow`: by which clock its life is told.
  mutating func saved(_ stored: StoredCredentials, serverNow: Timestamp, at times: Times) {
    guard isAnswered || stored.token != token else { return }
    begin(stored, serverNow: serverNow, at: times)
  }

  private mutating func begin(_ stored: StoredCredentials?, serverNow: Timestamp, at times: Times) {
    generation += 1
    (isRefused, isAnswered, isDueAt) = (false, false, nil)
    token = stored?.token
    guard let stored, stored.token != nil, let issued = stored.issuedAt,
      let expires = stored.expiresAt
    else { return }
    isDueAt = times.boot + (expires - serverNow) - (expires - issued) / 5
  }

  mutating func sent(_ id: RequestID) { sentWith[id] = generation }

  /// A sentence when there is no reason to ask.
  func whyNeedless(at boot: Duration) -> String? {
    if isAnswered { return "a second token for one generation" }
    guard let isDueAt else { return "a token is asked for, and nobody is logged in" }
    // The date of an answer is as old as its way.
    if isRefused || boot > isDueAt - .seconds(60) { return nil }
    return "a token is asked for, and the one that is held is good"
  }

  mutating func answered(_ request: ServerRequest, _ answer: ServerAnswer, _ id: RequestID) {
    guard let sent = sentWith.removeValue(forKey: id), sent == generation else { return }
    switch (request, answer) {
    case (.requestToken, .success(.token(let grant), _)):
      let isNew = !isRefused || grant.token != token
      isAnswered = isNew && grant.user?.id == ModelServer.me
    case (_, .failure(let failure)) where failure.status == 401: isRefused = true
    default: break
    }
  }
}
