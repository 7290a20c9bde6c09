import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import SyncEngine
import Testing

@testable import fonanad

/// From the log alone each broken set-up is told apart (docs/diagnosis.md). Those that need a real
/// proxy or certificate are in `DoctorTests` of the integration tests.
@Suite(.timeLimit(.minutes(3))) struct LogDiagnosisTests {
  private static let nobody = "https://\(String(repeating: "x", count: 64)).example"

  @Test func noTwoRowsAreTheSame() throws {
    let rows = try LogDiagnosis().rows
    #expect(Set(rows.map(\.name)).count >= 12)
    #expect(Set(rows.map { "\($0.stage) \($0.word ?? "")" }).count == rows.count)
    let links = DoctorLink.allCases.map { "doctor.\($0.rawValue)" }
    let stages = Set(Stage.allCases.map(\.rawValue) + links)
    for row in rows { #expect(stages.contains(row.stage)) }
  }

  @Test func aHealthyDaemonsLogHoldsNoRow() async throws {
    try await withPatient { test in
      _ = try await test.call(Calls.doctor, DoctorRequest())
      try await test.wait(for: .connected)
      #expect(try LogDiagnosis().row(ofLogAt: test.logPath) == nil)
    }
  }

  @Test func aWrongWalletIsTold() async throws {
    try await expect("wrong wallet") { server, credentials in
      let stranger = server.world.makeUser(nickname: "stranger")
      credentials.wallet = stranger.wallet
      credentials.expiresAt = SystemClock.wall - .seconds(60)
    }
  }

  @Test func anAnswerWithoutATokenIsTold() async throws {
    try await expect("answer without token") { server, credentials in
      credentials.expiresAt = SystemClock.wall - .seconds(60)
      let body = #"{"success":true,"user":{"id":"x"}}"#
      server.faults.add(
        Fault(
          "POST /api/auth/token",
          .respond(FaultResponse(status: 200, contentType: "application/json", body: body)),
          count: nil))
    }
  }

  @Test func anExpiredTokenIsTold() async throws {
    try await expect("expired token") { _, credentials in
      credentials.expiresAt = SystemClock.wall - .seconds(60)
    }
  }

  @Test func aTokenOfAnotherServerIsToldAndGoesNowhere() async throws {
    try await expect("wrong server", sees: 0) { server, credentials in
      credentials.origin = "https://elsewhere.example"
      server.world.resetCounters()
    }
  }

  @Test func whatIsNotTheAPIIsTold() async throws {
    try await expect("wrong server") { server, _ in
      server.faults.add(Fault("*", .respond(.portal), count: nil))
    }
  }

  @Test func aRouteThatRefusesTheTokenForItselfIsTold() async throws {
    try await expect("token refused by one route only") { server, _ in
      server.faults.add(
        Fault("GET /api/conversations", .respond(.json(401, "Invalid token")), count: nil))
    }
  }

  @Test(arguments: [-3600, 3600])
  func aSkewedClockIsTold(_ seconds: Int) async throws {
    try await expect("skewed clock", clock: SkewedClock(ahead: .seconds(seconds))) { _, _ in }
  }

  @Test func bothPlacesOfTheTokenLostAreTold() async throws {
    try await expect("both dropped") { server, _ in
      server.sockets.upgradeFault = .closeAfterUpgrade(code: 1008, reason: "Unauthorized")
    }
  }

  @Test func aNameThatCannotBeResolvedIsTold() async throws {
    try await expect("DNS", ofLoginAt: Self.nobody)
  }

  @Test func aDeadPortIsTold() async throws {
    let (descriptor, port) = try LoopbackSocket.listening()
    close(descriptor)
    try await expect("refused port", ofLoginAt: "http://127.0.0.1:\(port)")
  }

  @Test func aProxyThatWantsAPasswordIsTold() async throws {
    let proxy = try FixedAnswer(FixedAnswer.passwordWanted)
    defer { proxy.stop() }
    try await expect(
      "proxy 407", ofLoginAt: "https://fonana.example",
      ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"])
  }

  // MARK: Parts

  /// A daemon that was logged in and is started again after `change`.
  private func expect(
    _ name: String, sees requests: Int? = nil, clock: any EngineClock = SystemClock(),
    after change: @Sendable (ReferenceServer, inout StoredCredentials) -> Void
  ) async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        _ = server.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
        let quiet = TestDaemonOptions(environment: ["FONANA_NOTIFICATIONS": "false"])
        try await withDaemon(in: home, server, quiet) { test in
          try await test.logIn()
          try await test.wait(for: .connected)
        }
        let paths = try ProfilePaths(environment: ["FONANA_HOME": home.path])
        let credentials = CredentialFile(path: paths.credentials)
        var stored = try #require(try await credentials.load())
        change(server, &stored)
        try await credentials.save(stored)
        unlink(paths.log)
        var again = quiet
        again.clock = clock
        try await withDaemon(in: home, server, again) { test in
          try await test.logHolds(name)
          if let requests { #expect(server.world.counters.totalRequests == requests) }
        }
        server.faults.removeAll()
      }
    }
  }

  /// A daemon that nobody has logged in to, at the first try.
  private func expect(
    _ name: String, ofLoginAt address: String, _ change: [String: String] = [:]
  ) async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        var options = TestDaemonOptions()
        options.timeScale = 1
        options.environment = [
          "FONANA_SERVER": address, "FONANA_NOTIFICATIONS": "false",
        ].merging(change) { $1 }
        try await withDaemon(in: home, server, options) { test in
          await #expect(throws: FonanaError.self) { try await test.logIn() }
          try await test.logHolds(name)
        }
      }
    }
  }
}

/// The machine's clocks, with a wall clock that is wrong.
private struct SkewedClock: EngineClock {
  let ahead: Duration

  var now: Times {
    var now = SystemClock().now
    now.wall = now.wall + ahead
    return now
  }

  func sleep(until instant: Duration) async throws {
    try await SystemClock().sleep(until: instant)
  }
}

extension TestDaemon {
  var logPath: String { daemon.context.paths.log }

  /// Waits until the table finds a row in the log, which must be this one.
  func logHolds(_ name: String, at location: SourceLocation = #_sourceLocation) async throws {
    let table = try LogDiagnosis()
    let (lines, cancel) = daemon.context.log.listen()
    defer { cancel() }
    var iterator = lines.makeAsyncIterator()
    while table.row(ofLogAt: logPath)?.name != name {
      guard await iterator.next() != nil else { break }
    }
    #expect(table.row(ofLogAt: logPath)?.name == name, sourceLocation: location)
  }
}
