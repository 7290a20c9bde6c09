import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

extension TokenStatus {
  init(_ status: EngineStatus, _ keeping: CredentialKeeper.Keeping?) {
    self.init(
      state: State(rawValue: status.token.rawValue) ?? .missing, issuedAt: status.tokenIssuedAt,
      expiresAt: status.tokenExpiresAt, nextRefreshAt: status.tokenNextRefreshAt,
      refreshes: status.tokenRefreshes, place: keeping?.place, placeProblem: keeping?.problem,
      refusedBy: status.routesRefusingToken.map(\.rawValue))
  }
}

extension ServerStatus {
  init(_ status: EngineStatus) {
    self.init(
      reachable: status.isServerReachable, lastSuccessAt: status.lastSuccessAt,
      lastError: status.lastServerError.map { ErrorInfo($0) })
  }
}

extension ConnectionStatus {
  init(_ status: EngineStatus) {
    self.init(
      state: State(rawValue: status.connection.rawValue) ?? .offline,
      since: status.connectionSince,
      attempts: Attempts(
        succeeded: status.connectionsSucceeded, failed: status.connectionsFailed),
      lastError: status.lastConnectionError.map { ErrorInfo($0) },
      lastEventAt: status.lastEventAt, lastPongAt: status.lastPongAt,
      nextAttemptAt: status.nextAttemptAt, pushSeen: status.isPushSeen)
  }
}

extension SyncStatus {
  init(
    _ status: EngineStatus, _ statistics: StoreStatistics, mode: SyncMode, damage: DamageInfo?
  ) {
    let freshness = FreshnessInfo(status)
    self.init(
      mode: mode.rawValue, state: State(rawValue: status.sync.rawValue) ?? .behind,
      completeUpTo: freshness.completeUpTo, source: freshness.source,
      lastPullAt: status.lastPullAt, lastListAt: status.lastListAt,
      conversations: statistics.conversations, messages: statistics.messages,
      incomplete: statistics.incomplete, gaps: statistics.gaps,
      unreadable: status.unreadable,
      forcedReads: Int(statistics.counters[.forcedReads] ?? 0),
      databaseBytes: statistics.databaseBytes, damage: damage)
  }
}

extension DamageInfo {
  init(_ rescue: StoreRescue) {
    self.init(
      at: rescue.at, reason: rescue.reason, copy: rescue.folder,
      messagesSaved: rescue.savedItems, isOutboxComplete: rescue.isOutboxComplete)
  }
}

extension OutboxStatus {
  init(_ statistics: StoreStatistics, blocking: [BlockInfo] = []) {
    func count(_ states: OutboxState...) -> Int {
      states.reduce(0) { $0 + (statistics.outbox[$1]?.count ?? 0) }
    }
    self.init(
      queued: count(.queued, .unresolved), sending: count(.intent),
      uncertain: count(.quarantine), parked: count(.parked), held: count(.held),
      duplicatesSeen: Int(statistics.counters[.duplicatesSeen] ?? 0),
      blocking: blocking)
  }
}
