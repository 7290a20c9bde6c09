import FonanaCore
import Testing

@testable import ControlProtocol

/// The answer of `status.get` is read by hand; it must be what the compiler's decoder reads.
@Suite("Reading a status")
struct StatusReadingTests {
  private static let time = Timestamp(milliseconds: 1_763_992_188_563)
  private static let error = ErrorInfo(
    FonanaError(.serverUnreachable, "Refused.", hint: "Is it there?"))

  private static let bare = StatusReport(
    daemon: DaemonStatus(
      pid: 7, version: "0.1.0", commit: "abc", startedAt: time, uptimeSeconds: 1.5, restarts: 0,
      residentBytes: 1, anonymousBytes: 2, cpuSeconds: 0.25, clients: 1),
    account: AccountStatus(server: "http://127.0.0.1:1"),
    token: TokenStatus(state: .missing, refreshes: 0), server: ServerStatus(reachable: false),
    connection: ConnectionStatus(
      state: .stopped, attempts: .init(succeeded: 0, failed: 0), pushSeen: false),
    sync: SyncStatus(
      mode: "on-read", state: .behind, conversations: 0, messages: 0, incomplete: 0, gaps: 0,
      forcedReads: 0, databaseBytes: 0),
    outbox: OutboxStatus(
      queued: 0, sending: 0, uncertain: 0, parked: 0, held: 0, duplicatesSeen: 0))

  /// Every member has a value, and no two numbers are the same.
  private static var full: StatusReport {
    var report = bare
    report.daemon.lastExit = "clean"
    report.daemon.restarts = 3
    report.account = AccountStatus(
      wallet: "W", userId: UserID("u"), nickname: "bob", server: "s", generation: .b,
      serverVersion: "20250703")
    report.token = TokenStatus(
      state: .valid, issuedAt: time, expiresAt: time + .seconds(1),
      nextRefreshAt: time + .seconds(2), refreshes: 4, place: .secretService,
      placeProblem: "p", refusedBy: ["send", "upload"])
    report.server = ServerStatus(reachable: true, lastSuccessAt: time, lastError: error)
    report.connection = ConnectionStatus(
      state: .waiting, since: time, attempts: .init(succeeded: 5, failed: 6), lastError: error,
      lastEventAt: time + .seconds(3), lastPongAt: time + .seconds(4),
      nextAttemptAt: time + .seconds(5), pushSeen: true)
    report.sync = SyncStatus(
      mode: "eager", state: .synced, completeUpTo: time + .seconds(7), source: .push,
      lastPullAt: time, lastListAt: time + .seconds(6),
      conversations: 7, messages: 8, incomplete: 9, gaps: 10, unreadable: 19, forcedReads: 11,
      databaseBytes: 12,
      damage: DamageInfo(
        at: time, reason: "r", copy: "/c", messagesSaved: 3, isOutboxComplete: true))
    report.outbox = OutboxStatus(
      queued: 13, sending: 14, uncertain: 15, parked: 16, held: 17, duplicatesSeen: 18,
      blocking: [
        BlockInfo(cid: ClientID("c"), to: "@bob", state: .parked, reason: error, waiting: 19)
      ])
    report.hooks = [
      HookStatus(name: "h", state: .parked, failures: 20, reason: "exit 1", parkedAt: time)
    ]
    report.metrics = metrics
    return report
  }

  private static var metrics: MetricsStatus {
    var metrics = MetricsStatus()
    metrics.attempts = [.init(outcome: "failed", reason: "dns", count: 20)]
    metrics.lost = [.init(reason: "silent", count: 21)]
    (metrics.reconnects, metrics.connectedSeconds, metrics.openSockets) = (22, 23.5, 24)
    metrics.lastDay = .init(
      attempts: 25, succeeded: 26, failed: 27, lost: 28, connectedSeconds: 29.5)
    metrics.refreshes = [.init(cause: "login", outcome: "ok", count: 30)]
    metrics.requests = [.init(route: "send", outcome: "timeout", count: 31)]
    metrics.latencies = .init(
      pushToDisk: LatencyInfo(count: 32, p50Ms: 33.5, p99Ms: 34.5),
      sendRoundTrip: LatencyInfo(count: 35, p50Ms: 36.5, p99Ms: 37.5),
      request: LatencyInfo(count: 38, p50Ms: 39.5, p99Ms: nil))
    metrics.outbox = [.init(state: .parked, count: 40, oldestSeconds: 41.5)]
    (metrics.mirrorLagSeconds, metrics.droppedSubscribers) = (42.5, 43)
    return metrics
  }

  @Test(arguments: [bare, full])
  func handAndCompilerReadTheSame(report: StatusReport) throws {
    let tree = try ControlJSON.tree(of: try ControlJSON.encode(report))
    #expect(try StatusReport(tree) == report)
    #expect(try ControlJSON.decode(StatusReport.self, from: tree) == report)
  }

  @Test(arguments: ["A", nil])
  func aGreetingIsReadByHand(server: String?) throws {
    let hello = HelloResult(daemonVersion: "1", pid: 5, profile: "default", server: server)
    #expect(try HelloResult(try ControlJSON.tree(of: try ControlJSON.encode(hello))) == hello)
  }

  @Test func anErrorNamesTheMember() throws {
    let tree = try ControlJSON.tree(
      of: Array(#"{"daemon":{"pid":"x"},"account":{}}"#.utf8))
    let error = #expect(throws: FonanaError.self) { try StatusReport(tree) }
    #expect(error?.message.contains("daemon.pid") == true)
  }
}
