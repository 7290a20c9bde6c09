import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import SyncEngine
import Testing

@testable import fonanad

/// A connection of a whole day with 200 interruptions, on a clock that hurries while nothing happens.
@Suite(.timeLimit(.minutes(5))) struct LongConnectionTests {
  private static let interruptions = 200
  private static let day = Duration.seconds(86_400)
  /// While the connection stands, and while one is made: a greeting has 80 ms then.
  private static let (calm, busy) = (3600, 240)

  @Test func historyCountersAndNumbersAgreeWithTheServer() async throws {
    let clock = QuickClock(speed: Self.busy)
    var options = TestDaemonOptions()
    options.timeScale = 1
    options.clock = clock
    options.environment = ["FONANA_NOTIFICATIONS": "false"]
    let seen = Monitor<TestDaemon?>(nil)
    try await withTestDaemon(options) { test in
      _ = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      try await test.logIn()
      try await stand(test, clock)
      for number in 1...Self.interruptions {
        try await interrupt(test, clock, number)
        try await rest(test, clock, until: Self.day * number / (Self.interruptions + 1))
      }
      try await rest(test, clock, until: Self.day)
      try await test.wait(for: .connected)
      try await test.waitForMetrics { $0.openSockets == 1 }
      seen.change { $0 = test }
    }
    let test = try #require(seen.read { $0 })
    try check(test, passed: clock.passed)
  }

  private func stand(_ test: TestDaemon, _ clock: QuickClock) async throws {
    clock.speed = Self.busy
    try await test.world.wait { $0.counters.openSockets == 1 }
  }

  /// In a hurry as long as the connection stands; its silence has 20 ms then, which a busy machine
  /// may miss.
  private func rest(
    _ test: TestDaemon, _ clock: QuickClock, until end: Duration
  ) async throws {
    repeat {
      clock.speed = Self.calm
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await clock.wait(for: end) }
        group.addTask { try await test.world.wait { $0.counters.openSockets == 0 } }
        try await group.next()
        group.cancelAll()
      }
      try await stand(test, clock)
    } while clock.passed < end
  }

  /// Closed in order, cut off, silent, refused, and closed at once by turns; until it has struck.
  private func interrupt(
    _ test: TestDaemon, _ clock: QuickClock, _ number: Int
  ) async throws {
    let (sockets, before) = (test.server.sockets, test.world.counters)
    switch number % 5 {
    case 0: sockets.closeAll(code: 1001)
    case 1: sockets.terminateAll()
    case 2:
      sockets.isSilent = true
      clock.speed = Self.calm
      try await test.world.wait { $0.counters.openSockets == 0 }
    case 3:
      sockets.upgradeFault = .status(502)
      sockets.closeAll(code: 1012)
      try await test.world.wait { $0.counters.upgradesRefused > before.upgradesRefused }
    default:
      sockets.upgradeFault = .closeAfterUpgrade(code: 1011, reason: "")
      sockets.terminateAll()
      try await test.world.wait { $0.counters.socketsWithToken > before.socketsWithToken }
    }
    (sockets.upgradeFault, sockets.isSilent) = (nil, false)
    clock.speed = Self.busy
    // Another connection, whatever had become of the last one.
    try await test.world.wait {
      $0.counters.openSockets == 1 && $0.counters.socketsWithToken > before.socketsWithToken
    }
  }

  /// Nothing moves any more: the daemon has ended.
  private func check(_ test: TestDaemon, passed: Duration) throws {
    let context = test.daemon.context
    let (diagnostics, status) = (context.engine.diagnostics, context.engine.status)
    let page = try PrometheusPage(PrometheusText(context.metrics.registry).text)
    let server = test.world.counters
    func attempts(_ outcome: String) -> Int {
      Int(page.sum("fonana_connection_attempts_total") { $0["outcome"] == outcome })
    }
    func sum(_ member: KeyPath<ConnectionHistory.Period, Int>) -> Int {
      diagnostics.periods.reduce(0) { $0 + $1[keyPath: member] }
    }
    let (connected, failed) = (attempts("connected"), attempts("failed"))
    let lost = Int(page.sum("fonana_connections_lost_total"))

    #expect(connected > Self.interruptions / 2 && lost > Self.interruptions / 2)
    #expect(sum(\.attempts) == connected + failed + attempts("given-up"))
    #expect(sum(\.succeeded) == connected && status.connectionsSucceeded == connected)
    #expect(sum(\.failed) == failed && status.connectionsFailed == failed)
    #expect(sum(\.lost) == lost)
    #expect(Int(page["fonana_reconnects_total"] ?? -1) == connected - 1)
    let reasons = diagnostics.periods.flatMap(\.reasons).reduce(0) { $0 + $1.value }
    #expect(reasons == failed + lost)

    let history = diagnostics.periods.reduce(Duration.zero) { $0 + $1.connected }
    #expect(abs((history - diagnostics.connectedTime).inSeconds) < 0.1)
    #expect(history <= passed && passed >= Self.day)

    #expect(page["fonana_open_sockets"] == 0 && server.openSockets == 0)
    #expect(server.socketsWithToken >= connected, "each greeting follows an upgrade")
    #expect(server.socketsWithToken + server.upgradesRefused <= sum(\.attempts))
    let refused = diagnostics.periods.reduce(0) { $0 + ($1.reasons["http-502"] ?? 0) }
    #expect(refused <= server.upgradesRefused && server.upgradesRefused > 0)
    for (label, route) in [
      ("GET /api/conversations", "conversations"), ("GET /api/user/notifications", "notifications"),
    ] {
      let answered = page["fonana_requests_total", ["route": route, "outcome": "ok"]] ?? 0
      let all = page.sum("fonana_requests_total") { $0["route"] == route }
      #expect((Int(answered)...Int(all)).contains(server.requests[label] ?? 0), "\(route)")
    }
    print(
      "long connection: \(connected) connected, \(failed) failed, \(lost) lost, "
        + "\(history.inSeconds) s connected, \(server.socketsWithToken) upgrades at the server")
  }
}
