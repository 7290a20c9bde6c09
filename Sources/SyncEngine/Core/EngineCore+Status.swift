import FonanaCore

/// What `status` shows, and the end.
extension EngineCore {
  package func status(at now: Times) -> EngineStatus {
    var status = EngineStatus()
    status.account = session.account
    status.generation = session.generation
    status.serverVersion = session.serverVersion
    describeToken(&status, now)
    status.isServerReachable = link.state == .reachable
    status.isFirstSignAwaited = link.state == .unknown && bounded(Link.firstSign) > .zero
    status.lastSuccessAt = link.lastSuccessAt
    status.lastServerError = trouble
    describeConnection(&status)
    describeSync(&status)
    status.waiting = outbox.items.count + endsUnderWay
    return status
  }

  private var trouble: FonanaError? {
    if session.isAccountMissing { return Self.accountIsMissing }
    return isStoreFailing ? Self.storeIsFailing : link.lastError
  }

  private static let storeIsFailing = FonanaError(
    .storeUnwritable, "The store can't be written, so that nothing new can be kept.",
    hint: "Make room on the disk; “fonana doctor” says more.", retryable: true)

  private static let accountIsMissing = FonanaError(
    .refused, "The server does not know the account any more.",
    hint: "What waits in the outbox is kept. Log in again with “fonana login”.", retryable: false)

  /// Items that memory has left behind and the disk not yet.
  private var endsUnderWay: Int {
    let changed = commits.values.reduce(into: unsaved) { $0.formUnion($1.items) }
    return changed.count { outbox.items[$0] == nil }
  }

  private func describeToken(_ status: inout EngineStatus, _ now: Times) {
    status.tokenRefreshes = session.refreshes
    status.routesRefusingToken = Route.allCases.filter { session.degraded[$0] != nil }
    guard let token = session.token else { return }
    let isRefused =
      session.refusedGeneration == token.generation || session.isAccountMissing
    status.token = isRefused ? .refused : session.isExpired(at: now.boot) ? .expired : .valid
    status.tokenIssuedAt = token.issuedAt
    status.tokenExpiresAt = token.expiresAt
    status.tokenNextRefreshAt = session.refreshAtBoot.map { now.wall + ($0 - now.boot) }
  }

  /// The state of the connection in the words of `status`.
  var connectionInStatus: EngineStatus.Connection {
    switch connection.state {
    case .idle: session.token == nil ? .stopped : .offline
    case .waiting: link.state == .unreachable ? .offline : .waiting
    case .connecting, .verifying: .connecting
    case .connected: .connected
    case .closing: .waiting
    }
  }

  private func describeConnection(_ status: inout EngineStatus) {
    status.connection = connectionInStatus
    status.connectionSince = connection.since
    status.connectionsSucceeded = connection.succeeded
    status.connectionsFailed = connection.failed
    status.lastConnectionError = connection.lastError
    status.lastEventAt = connection.lastEventAt
    status.lastPongAt = connection.lastPongAt
    status.nextAttemptAt = connection.nextAttemptAt
    status.isPushSeen = connection.isPushSeen
  }

  private func describeSync(_ status: inout EngineStatus) {
    var pullable = 0
    for id in book.order {
      guard let entry = book[id] else { continue }
      let state = entry.state
      if !state.coverage.unreadable.isEmpty { status.unreadable += 1 }
      status.gaps += state.coverage.gaps.count
      let mayPull = !entry.isGone && (configuration.mode == .eager || state.listUnread == 0)
      if mayPull, !state.coverage.isWhole { pullable += 1 }
    }
    status.pendingPulls = pullable
    status.lastPullAt = pulls.lastPullAt
    status.lastListAt = poll.lastListAt
    status.completeUpTo = poll.lastListAt
    status.missed = poll.missed
    status.isAskedInVain = poll.isListFailing || poll.isQuestionFailing || isStoreFailing
    let isBehind = !poll.hasListed || link.state != .reachable || status.isAskedInVain
    let isWriting = commits.values.contains { !$0.coverages.isEmpty }
    status.sync = isBehind ? .behind : pullable == 0 && !isWriting ? .synced : .syncing
  }

  mutating func shutDown() {
    guard !isShuttingDown else { return }
    isShuttingDown = true
    turn.emit(.setTimer(.shutDown, at: turn.now.boot + .seconds(2)))
    for pending in requests.all where !pending.purpose.isSend { turn.emit(.cancel(pending.id)) }
    closeSocket()
  }

  /// Commits and POSTs may finish; the timer limits the wait.
  mutating func stopWhenQuiet() {
    guard commits.isEmpty, connection.socket == nil, requests.onTheWire == 0 else { return }
    stop()
  }

  mutating func stop() {
    guard !hasStopped else { return }
    hasStopped = true
    turn.emit(.stop)
  }
}

extension Purpose {
  var isSend: Bool { if case .send = self { true } else { false } }
}
