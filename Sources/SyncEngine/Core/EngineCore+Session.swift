import FonanaCore

/// Getting, keeping, replacing and forgetting the token.
extension EngineCore {
  mutating func load(_ stored: StoredCredentials?) {
    guard let stored, let account = session.account, stored.userID == account.userID else {
      turn.log(.info, .tokenMissing)
      return
    }
    // The configuration may name another server by now: it gets nothing of the old one's.
    guard stored.origin == configuration.origin else {
      return turn.log(.error, .tokenOfAnotherServer, stored.origin)
    }
    session.wallet = stored.wallet
    guard let token = stored.token else {
      turn.log(.info, .tokenMissing)
      session.isTokenUnreadable = stored.isUnreadable
      return stored.isTokenOutOfReach ? refreshToken(because: .lost) : ()
    }
    let issued = stored.issuedAt ?? turn.now.wall
    let expires = stored.expiresAt ?? issued + .seconds(30 * 86_400)
    session.hold(
      token, issuedAt: issued, expiresAt: expires, remaining: expires - turn.now.wall,
      now: turn.now)
    turn.log(.info, .tokenLoaded, "expires \(expires)")
    guard session.isExpired(at: turn.now.boot) else { return scheduleRefresh() }
    turn.log(.warning, .tokenExpired, "since \(expires)")
    refreshToken(because: .expired)
  }

  /// The token's life is the server's time: the time scale does not touch it.
  mutating func scheduleRefresh() {
    guard let at = session.refreshAtBoot else { return }
    turn.emit(.setTimer(.refreshToken, at: max(at, turn.now.boot + .seconds(1))))
    turn.log(.debug, .tokenRefreshScheduled, "in \(max(.zero, at - turn.now.boot))")
  }

  /// One refresh at a time, however many ask for it.
  mutating func refreshToken(because cause: RefreshCause) {
    guard let wallet = session.wallet else { return }
    guard session.refresh != .requesting || isMutated(.twoRefreshes) else { return }
    (session.refresh, session.refreshCause) = (.requesting, cause)
    turn.log(.info, .tokenRequested, cause.rawValue)
    submit(.requestToken(wallet: wallet), for: .token)
  }

  mutating func refreshTimerFired() {
    guard session.wallet != nil else { return }
    let isAgain = session.refresh == .waiting
    if isAgain { session.refresh = .idle }
    refreshToken(because: isAgain ? session.refreshCause : .scheduled)
  }

  mutating func tokenAnswered(_ answer: ServerAnswer) {
    guard session.refresh == .requesting else { return }
    switch answer {
    case .success(.token(let grant), let facts): tokenReceived(grant, facts)
    case .success:
      tokenFailed(
        ServerFailure(.badBody, because: .noToken, phase: .complete, detail: "no token"))
    case .failure(let failure): tokenFailed(failure)
    }
  }

  private mutating func tokenReceived(_ grant: TokenGrant, _ facts: ServerFacts) {
    session.refresh = .idle
    if let user = grant.user, let account = session.account, user.id != account.userID {
      turn.log(.error, .tokenOfAnotherUser)
      return tokenFailed(
        ServerFailure(
          .badBody, because: .otherUser, phase: .complete, detail: "another user's token"))
    }
    if grant.token == session.token?.value, session.refusedGeneration == session.token?.generation {
      turn.log(.warning, .tokenRefused, "the same bytes came again")
      return tokenFailed(
        ServerFailure(
          .badBody, because: .sameToken, phase: .complete, detail: "the refused token again"))
    }
    records.tokenRequested(session.refreshCause, "ok")
    adopt(grant, facts)
  }

  /// Makes the grant the newest token, and lets go on what waited for one.
  mutating func adopt(_ grant: TokenGrant, _ facts: ServerFacts) {
    let wasRefused = session.refusedGeneration != nil
    session.hold(grant, serverNow: facts.date ?? turn.now.wall, now: turn.now)
    giveUpRefresh()
    session.backoff.reset()
    session.refreshes += 1
    session.isTokenUnreadable = false
    session.replacementGeneration = wasRefused ? session.lastGeneration : nil
    session.refusedGeneration = nil
    if wasRefused { session.probeSoon(at: turn.now.boot) } else { session.degraded = [:] }
    turn.log(.info, .tokenReceived, "generation \(session.lastGeneration)")
    saveCredentials()
    scheduleRefresh()
    commit([
      .noteGeneration(session.generation ?? .b),
      .record(.tokenRefreshed, detail: expiry.json),
    ])
    resendRefused()
    if connection.state == .idle { openSocketIfNeeded() }
    advanceOutbox()
    startTicking()
  }

  /// A token that was asked for before is not wanted any more: it would replace a newer one, or undo
  /// a logout.
  private mutating func giveUpRefresh() {
    session.refresh = .idle
    for request in requests.giveUp(where: { $0 == .token }) { turn.emit(.cancel(request.id)) }
  }

  private var expiry: EventDetail {
    var detail = EventDetail()
    detail.expiresAt = session.token?.expiresAt.description
    return detail
  }

  private mutating func tokenFailed(_ failure: ServerFailure) {
    session.refresh = .waiting
    records.tokenRequested(session.refreshCause, failure.reason)
    turn.log(.warning, .tokenRequestFailed, "\(failure.reason): \(failure.detail)")
    let delay = session.backoff.next()
    turn.setTimer(
      .refreshToken, between: max(.seconds(1), delay.low), and: max(.seconds(1), delay.high))
    failRefused(with: failure)
    if connection.isVerifying { connectionVerified(false) }
  }

  mutating func saveCredentials() {
    guard let account = session.account, let wallet = session.wallet else { return }
    turn.emit(
      .save(
        StoredCredentials(
          origin: configuration.origin, wallet: wallet, userID: account.userID,
          token: session.token?.value, issuedAt: session.token?.issuedAt,
          expiresAt: session.token?.expiresAt)))
  }

  /// A route has answered 401. Says whether the request will be sent again with a newer token.
  mutating func isRetriedAfterRefusal(_ pending: PendingRequest) -> Bool {
    guard let token = session.token else { return false }
    // Whatever it is, that says nothing about the token that is held now.
    if pending.generation < token.generation {
      guard mayGoAgain(pending) else { return false }
      resend(pending)
      return true
    }
    let route = Route(pending.request)
    let isReplacement = session.replacementGeneration == token.generation
    if session.accepted[route] != token.generation, pending.isSecondTry || isReplacement {
      degrade(route)
      return false
    }
    session.refusedGeneration = token.generation
    turn.log(.warning, .tokenRefused, route.rawValue)
    requests.awaitingToken.append(pending)
    if session.refresh != .waiting { refreshToken(because: .refused) }
    return true
  }

  private mutating func degrade(_ route: Route) {
    let previous = session.degraded[route]?.probeDelay
    let delay = min(previous.map { $0 * 2 } ?? .seconds(30), .seconds(300))
    session.degraded[route] = Session.Degraded(
      nextProbe: turn.instant(in: delay), probeDelay: delay)
    turn.log(.warning, .routeDegraded, "\(route.rawValue), next try in \(delay)")
    turn.setTimer(.authProbe(route), in: delay)
    if previous != nil { suspectToken() }
  }

  /// A route that was refused for its own sake may by now be refused for the token's.
  private mutating func suspectToken() {
    guard session.refresh == .idle, requests.first(where: { $0 == .verify }) == nil else { return }
    submit(.verifyToken, for: .verify)
  }

  /// The route works again.
  mutating func recovered(_ route: Route) {
    guard session.degraded.removeValue(forKey: route) != nil else { return }
    turn.emit(.cancelTimer(.authProbe(route)))
    turn.log(.info, .routeRecovered, route.rawValue)
  }

  mutating func forgetToken() {
    session.token = nil
    session.isTokenUnreadable = false
    giveUpRefresh()
    session.degraded = [:]
    turn.emit(.cancelTimer(.refreshToken))
    turn.log(.info, .tokenForgotten)
    saveCredentials()
  }
}
