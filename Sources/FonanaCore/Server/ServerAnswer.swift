/// What became of a call.
package enum ServerAnswer: Sendable, Codable {
  case success(ServerReply, ServerFacts)
  case failure(ServerFailure)

  package var isFailure: Bool { if case .failure = self { true } else { false } }
}

/// What a successful call brought.
package enum ServerReply: Sendable, Codable {
  case token(TokenGrant)
  case tokenIsValid(userID: UserID, expiresAt: Timestamp?)
  case conversations([ListedConversation])
  case conversation(ConversationID, participants: [UserProfile])
  case page(MessagePage)
  /// `echoedCid`: the answer's metadata held our cid.
  case sent(ServerMessage, echoedCid: Bool)
  case user(UserProfile)
  case uploaded(url: String)
  case notifications([PlatformNotification], unread: Int)
  case version(String)
  case done
}

/// Things every answer tells beside its content.
package struct ServerFacts: Sendable, Equatable, Codable {
  /// The server's clock (`Date` header); nil when absent or unreadable.
  package var date: Timestamp?
  package var bodyBytes: Int
  package var elapsed: Duration
  /// Elements of the answer that were left out, since nothing could be read from them.
  package var skipped: Int

  package init(
    date: Timestamp? = nil, bodyBytes: Int = 0, elapsed: Duration = .zero, skipped: Int = 0
  ) {
    self.date = date
    self.bodyBytes = bodyBytes
    self.elapsed = elapsed
    self.skipped = skipped
  }
}

/// A token as the server gave it. Nothing but a non-empty token is required of the answer
/// (docs/protocol.md, 2).
package struct TokenGrant: Sendable, Equatable {
  package var token: Redacted<String>
  /// `expiresAt` of the answer, else the `exp` claim, else nil: 30 days from issue.
  package var expiresAt: Timestamp?
  package var issuedAt: Timestamp?
  package var user: UserProfile?
  /// Which route answered tells the generation.
  package var generation: ServerGeneration?

  package init(
    token: Redacted<String>, expiresAt: Timestamp?, issuedAt: Timestamp? = nil,
    user: UserProfile?, generation: ServerGeneration?
  ) {
    self.token = token
    self.expiresAt = expiresAt
    self.issuedAt = issuedAt
    self.user = user
    self.generation = generation
  }
}

/// A call that did not bring what it should.
package struct ServerFailure: Sendable, Equatable, Codable {
  /// How far the request got: the outcome class depends on it (docs/reliability.md).
  package enum Phase: String, Sendable, Codable {
    /// No byte of the request head was written: it can't have been stored.
    case nothingWritten
    case partlyWritten
    case headersRead
    case complete
  }

  package enum Kind: String, Sendable, Codable {
    /// DNS, refused, unreachable.
    case noConnection
    case tls
    case timeout
    /// Reset or end of stream before the answer was complete.
    case connectionLost
    /// An answer came, with `status`, that is not a success.
    case status
    /// A 2xx answer whose body is not what the route gives.
    case badBody
    /// The body passed its limit.
    case tooLarge
    case cancelled
  }

  /// What `kind` does not tell, as far as the way to the server showed it.
  package enum Cause: String, Sendable, Codable {
    case dns
    case refused
    case proxy
    /// The proxy answered 407.
    case proxyAuthentication = "proxy-auth"
    case noToken = "no-token"
    case otherUser = "other-user"
    case sameToken = "same-token"
  }

  package var kind: Kind
  package var cause: Cause?
  package var phase: Phase
  package var status: Int?
  /// The `error` text of a JSON body that has the route's form; nil for HTML or anything else.
  package var routeError: String?
  /// From `Retry-After`, at most one hour.
  package var retryAfter: Duration?
  /// For the log and diagnostics; holds no secret and no message text.
  package var detail: String

  package init(
    _ kind: Kind, because cause: Cause? = nil, phase: Phase, status: Int? = nil,
    routeError: String? = nil, retryAfter: Duration? = nil, detail: String = ""
  ) {
    self.kind = kind
    self.cause = cause
    self.phase = phase
    self.status = status
    self.routeError = routeError
    self.retryAfter = retryAfter
    self.detail = detail
  }

  /// The server could not be reached at all, so nothing can be said about it.
  package var isUnreachable: Bool { status == nil && kind != .badBody && kind != .tooLarge }

  /// The sentence for a person.
  package var asError: FonanaError {
    switch kind {
    case .noConnection, .timeout, .connectionLost, .cancelled:
      FonanaError(
        .serverUnreachable, "The server can't be reached (\(detail)).",
        hint: "Check the network, then “fonana doctor”.")
    case .tls:
      FonanaError(
        .serverUnreachable, "No trusted connection to the server (\(detail)).",
        hint: "Check the server's name and certificate, or set ca_file; see “fonana doctor”.")
    case .status where status == 401 || status == 403:
      FonanaError(
        .refused, "The server refused (\(status ?? 0): \(routeError ?? "no reason given")).",
        hint: "Log in again with “fonana login”.")
    case .status where status == 404:
      FonanaError(.notFound, "The server does not know it (\(routeError ?? "404")).")
    case .status where status == 400 && routeError != nil:
      FonanaError(.invalidInput, "The server does not take it (\(routeError ?? "400")).")
    case .status where status == 429 || (status ?? 0) >= 500:
      FonanaError(
        .serverUnreachable, "The server has a problem (\(status ?? 0)).",
        hint: "Nothing to do: it is tried again.", retryable: true)
    case .status, .badBody, .tooLarge:
      FonanaError(
        .badAnswer, "The server's answer made no sense (\(detail)).",
        hint: "A proxy or a login page of the network may have answered; see “fonana doctor”.")
    }
  }
}
