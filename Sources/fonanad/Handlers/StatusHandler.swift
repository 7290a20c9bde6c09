import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `status.get`, `config.current`.
struct StatusHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.status) { _, _ throws(FonanaError) in try await report() }
    router.on(Calls.configuration) { _, _ throws(FonanaError) in
      SettingListing(settings: context.configuration.listing)
    }
  }

  func report() async throws(FonanaError) -> StatusReport {
    let status = try await context.status()
    let statistics = try await context.store.statistics()
    let account = status.account
    return StatusReport(
      daemon: daemon,
      account: AccountStatus(
        wallet: account?.wallet, userId: account?.userID, nickname: account?.nickname,
        server: context.origin, generation: status.generation,
        serverVersion: status.serverVersion),
      token: TokenStatus(status, context.credentials.keeping), server: ServerStatus(status),
      connection: ConnectionStatus(status),
      sync: SyncStatus(
        status, statistics, mode: context.mode, damage: context.rescue.map { DamageInfo($0) }),
      outbox: try await outbox(statistics),
      hooks: try await context.hookList().map { HookStatus($0) },
      metrics: MetricsStatus(
        context.metrics, context.engine.diagnostics, statistics,
        completeUpTo: status.completeUpTo, at: SystemClock.wall))
  }

  /// Most of the time nothing blocks, and the store is not asked again.
  private func outbox(_ statistics: StoreStatistics) async throws(FonanaError) -> OutboxStatus {
    let counts = OutboxStatus(statistics)
    guard counts.parked + counts.held > 0 else { return counts }
    return OutboxStatus(statistics, blocking: try await context.store.outboxItems().blocks)
  }

  private var daemon: DaemonStatus {
    let usage = ProcessUsage.now
    return DaemonStatus(
      pid: usage.pid, version: BuildInfo.version, commit: BuildInfo.commit,
      startedAt: context.startedAt,
      uptimeSeconds: Double((SystemClock.boot - context.startedAtBoot).wholeMilliseconds) / 1000,
      restarts: context.history.restarts, lastExit: context.history.lastExit,
      residentBytes: usage.residentBytes, anonymousBytes: usage.anonymousBytes,
      cpuSeconds: usage.cpuSeconds, clients: context.clients.count)
  }
}
