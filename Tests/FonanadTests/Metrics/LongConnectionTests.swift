import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import SyncEngine
import Testing

@testable import fonanad

/// A connection of a whole day with 200 interruptions, on a clock that hurries while nothing happens.
@Suite(.timeLimit(.minutes(15))) struct LongConnectionTests {
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
      // Hardly a second passes from here on, so that nothing new is asked.
      clock.speed = 1
      let count = try await settled(test)
      try check(count, test.world.counters)
      try check(count, passed: clock.passed)
    }
  }

  /// What the daemon counts, when all answers are in.
  private func settled(_ test: TestDaemon) async throws -> ConnectionCount {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      let status = try await test.call(Calls.status, NoParameters())
      let count = try ConnectionCount(test.daemon.context, status)
      let isSettled =
        count.open == 1 && count.seen().contains(test.world.counters.totalRequests)
      if isSettled || ContinuousClock.now > end { return count }
    }
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

  /// Both sides count the same things, so the numbers are equal; except for what the daemon gave up
  /// itself, since a hurried second is short (`silent`: no greeting in time; requests cut off): how far
  /// that had come, if it had left at all, only the server knows.
  private func check(_ count: ConnectionCount, _ server: ServerCounters) throws {
    let givenUp = count.failures["silent"] ?? 0
    func isCounted(_ here: Int, by there: Int) -> Bool { (here - givenUp...here).contains(there) }
    #expect(isCounted(count.attempts, by: server.socketConnections))
    #expect(isCounted(count.attempts, by: server.socketsWithToken + server.upgradesRefused))
    #expect(server.socketsWithoutToken == 0 && server.socketsUnauthorized == 0)
    #expect(isCounted(count.connected + givenUp, by: server.greetings))
    // 426 is said when the fault is over between the decision and the answer.
    let refused = (count.failures["http-502"] ?? 0) + (count.failures["http-426"] ?? 0)
    #expect(isCounted(refused + givenUp, by: server.upgradesRefused))
    #expect(server.openSockets == 1 && count.open == 1)
    #expect(count.refreshes == server.tokenRequests && server.tokenRequests == 1)
    #expect(count.seen().contains(server.totalRequests))
    for (route, label) in [
      ("conversations", "GET /api/conversations"), ("notifications", "GET /api/user/notifications"),
    ] {
      #expect(count.seen(route).contains(server.requests[label] ?? 0), "\(route)")
    }
    print("long connection, by the server: \(server)".replacing("FonanaServer.", with: ""))
  }

  private func check(_ count: ConnectionCount, passed: Duration) throws {
    let (connected, failed, lost) = (count.connected, count.failed, count.lost)
    #expect(connected > Self.interruptions / 2, "some strike what is down already")
    // After an unclean end the next one is ended on purpose, to have the slot of events for sure.
    #expect((lost + 1...2 * lost + 1).contains(connected))
    #expect(count.reconnects == connected - 1)
    #expect(count.attempts == connected + failed + count.givenUp)

    let history = count.history
    #expect(history.attempts == count.attempts && history.succeeded == connected)
    #expect(history.failed == failed && history.lost == lost)
    #expect(history.reasons == count.failures.merging(count.losses, uniquingKeysWith: +))
    let status = count.status
    #expect(status.connection.attempts.succeeded == connected)
    #expect(status.connection.attempts.failed == failed)
    #expect(status.metrics.reconnects == connected - 1 && status.metrics.openSockets == 1)
    #expect(status.metrics.lastDay.attempts == count.attempts)
    #expect(status.metrics.lost.reduce(0) { $0 + $1.count } == lost)

    // Two clocks of one speed, read one after the other; the server has none that hurries.
    #expect(abs((history.connected - count.connectedTime).inSeconds) < 0.1)
    #expect(history.connected <= passed && passed >= Self.day)
    print(
      "long connection: \(connected) connected, \(failed) failed, \(lost) lost, "
        + "\(history.connected.inSeconds) s connected, \(count.requests) requests, \(count.cutOff) cut off, "
        + "failures \(count.failures), losses \(count.losses)")
  }
}
