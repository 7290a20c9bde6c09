package import FonanaCore

/// `status.token`; never the token itself.
package struct TokenStatus: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case valid, expired, missing, refused
  }

  /// Where the newest token is kept.
  package enum Place: String, Codable, Sendable, CaseIterable {
    case file
    case secretService = "secret-service"
  }

  package var state: State
  @RFC3339 package var issuedAt: Timestamp?
  @RFC3339 package var expiresAt: Timestamp?
  @RFC3339 package var nextRefreshAt: Timestamp?
  package var refreshes: Int
  @Nullable package var place: Place?
  /// Why it is not where the settings want it, or why the file can't be used.
  @Nullable package var placeProblem: String?
  /// The routes that refuse it, though others take it, as `metrics.requests` names them.
  package var refusedBy: [String]

  package init(
    state: State, issuedAt: Timestamp? = nil, expiresAt: Timestamp? = nil,
    nextRefreshAt: Timestamp? = nil, refreshes: Int, place: Place? = nil,
    placeProblem: String? = nil, refusedBy: [String] = []
  ) {
    self.state = state
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
    self.nextRefreshAt = nextRefreshAt
    self.refreshes = refreshes
    self.place = place
    self.placeProblem = placeProblem
    self.refusedBy = refusedBy
  }
}

/// `status.server`.
package struct ServerStatus: Codable, Sendable, Hashable {
  package var reachable: Bool
  @RFC3339 package var lastSuccessAt: Timestamp?
  @Nullable package var lastError: ErrorInfo?

  package init(reachable: Bool, lastSuccessAt: Timestamp? = nil, lastError: ErrorInfo? = nil) {
    self.reachable = reachable
    self.lastSuccessAt = lastSuccessAt
    self.lastError = lastError
  }
}

/// `status.connection`: the WebSocket.
package struct ConnectionStatus: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case connected, connecting, waiting, offline, stopped
  }

  /// Since the daemon started.
  package struct Attempts: Codable, Sendable, Hashable {
    package var succeeded: Int
    package var failed: Int

    package init(succeeded: Int, failed: Int) {
      self.succeeded = succeeded
      self.failed = failed
    }
  }

  package var state: State
  @RFC3339 package var since: Timestamp?
  package var attempts: Attempts
  @Nullable package var lastError: ErrorInfo?
  @RFC3339 package var lastEventAt: Timestamp?
  @RFC3339 package var lastPongAt: Timestamp?
  @RFC3339 package var nextAttemptAt: Timestamp?
  package var pushSeen: Bool

  package init(
    state: State, since: Timestamp? = nil, attempts: Attempts, lastError: ErrorInfo? = nil,
    lastEventAt: Timestamp? = nil, lastPongAt: Timestamp? = nil, nextAttemptAt: Timestamp? = nil,
    pushSeen: Bool
  ) {
    self.state = state
    self.since = since
    self.attempts = attempts
    self.lastError = lastError
    self.lastEventAt = lastEventAt
    self.lastPongAt = lastPongAt
    self.nextAttemptAt = nextAttemptAt
    self.pushSeen = pushSeen
  }
}
