package import FonanaCore

/// The outcome classes of a POST (docs/reliability.md, “What a request’s end says”).
package enum PostOutcome: Sendable, Equatable {
  /// A: certainly not stored. Retry with backoff, no reconcile.
  case notSent(String)
  /// B: refused before anything was stored.
  case rejected(FonanaError)
  /// B of the account's kind: not stored; the item waits for a better token, or the account.
  case unauthorized
  /// B': not stored; wait.
  case throttled(Duration)
  /// C: the handler has finished; whether it stored the message is unknown.
  case finishedUnknown
  /// D: it may be running, or may have stored the message.
  case maybeRunning(String)
  /// E: stored.
  case done(ServerMessage, echoed: Bool)

  var isDone: Bool { if case .done = self { true } else { false } }

  /// `cid`: for what a person may type.
  package init(_ answer: ServerAnswer, of cid: ClientID) {
    switch answer {
    case .success(.sent(let message, let echoed), _): self = .done(message, echoed: echoed)
    case .success: self = .maybeRunning("an answer of another route")
    case .failure(let failure): self.init(failure, cid)
    }
  }

  private init(_ failure: ServerFailure, _ cid: ClientID) {
    guard let status = failure.status else {
      let isUnsent = failure.phase == .nothingWritten
      self = isUnsent ? .notSent(failure.detail) : .maybeRunning(failure.kind.rawValue)
      return
    }
    switch status {
    case 429: self = .throttled(failure.retryAfter ?? .seconds(30))
    case 413:
      self = .rejected(Self.error(cid, failure, .invalidInput, "is too large for the server"))
    case 401 where failure.routeError != nil: self = .unauthorized
    case 400 where failure.routeError != nil, 422 where failure.routeError != nil:
      self = .rejected(Self.error(cid, failure, .invalidInput, "was refused by the server"))
    case 403 where failure.routeError != nil:
      self = .rejected(Self.error(cid, failure, .refused, "was refused by the server"))
    case 404 where failure.isOfMissingAccount: self = .unauthorized
    case 404 where failure.routeError != nil:
      self = .rejected(
        Self.error(cid, failure, .notFound, "has no conversation at the server any more"))
    case 500 where failure.routeError != nil: self = .finishedUnknown
    default: self = .maybeRunning("status \(status)")
    }
  }

  private static func error(
    _ cid: ClientID, _ failure: ServerFailure, _ code: ErrorCode, _ what: String
  ) -> FonanaError {
    let said = failure.routeError.map { ": \(DisplayText.line($0, limit: 120))" } ?? ""
    return FonanaError(
      code, "The message \(what) (\(failure.status ?? 0)\(said)).",
      hint: "“fonana outbox retry \(cid)” tries it again, “fonana outbox cancel \(cid)” drops it.",
      retryable: false)
  }
}
