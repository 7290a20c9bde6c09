import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import SyncEngine
import Testing

@testable import fonanad

/// A connection of a whole day with 200 interruptions, on a clock that runs 720 times as fast; in
/// CI a fifth of it. With `FONANA_LONG_DAY=1` all of it, in two minutes.
@Suite(.timeLimit(.minutes(5))) struct LongConnectionTests {
  private static let isWhole = getenv("FONANA_LONG_DAY") != nil
  private static let interruptions = isWhole ? 200 : 40
  /// Between two interruptions.
  private static let pause = Duration.seconds(86_400 / 200)

  @Test func historyCountersAndNumbersAgreeWithTheServer() async throws {
    let clock = QuickClock(speed: 720)
    var options = TestDaemonOptions()
    options.timeScale = 1
    options.clock = clock
    options.environment = ["FONANA_NOTIFICATIONS": "false"]
    let seen = Monitor<(any Sendable)?>(nil)
    try await withTestDaemon(options) { test in
      _ = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      try await test.logIn()
      for number in 1...Self.interruptions {
        try await clock.wait(for: Self.pause * number)
        interrupt(test.server, number)
        try await clock.wait(for: Self.pause * number + Self.pause / 3)
        test.server.sockets.upgradeFault = nil
        test.server.sockets.isSilent = false
      }
      try await clock.wait(for: Self.pause * (Self.interruptions + 1))
      try await test.wait(for: .connected)
      try await test.world.wait { $0.counters.openSockets == 1 }
      try await test.waitForMetrics { $0.openSockets == 1 }
      seen.change { $0 = test }
    }
    let test = try #require(seen.read { $0 } as? TestDaemon)
    try check(test, passed: clock.passed)
  }

  /// Closed in order, cut off, silent, refused, and closed at once by turns.
  private func interrupt(_ server: ReferenceServer, _ number: Int) {
    switch number % 5 {
    case 0: server.sockets.closeAll(code: 1001)
    case 1: server.sockets.terminateAll()
    case 2: server.sockets.isSilent = true
    case 3:
      server.sockets.upgradeFault = .status(502)
      server.sockets.closeAll(code: 1012)
    default:
      server.sockets.upgradeFault = .closeAfterUpgrade(code: 1011, reason: "")
      server.sockets.terminateAll()
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
    #expect(history <= passed)

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
    guard Self.isWhole else { return }
    print(
      "long connection: \(connected) connected, \(failed) failed, \(lost) lost, "
        + "\(history.inSeconds) s connected, \(server.socketsWithToken) upgrades at the server")
  }
}
