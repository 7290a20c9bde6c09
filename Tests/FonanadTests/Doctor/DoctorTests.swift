import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import SyncEngine
import Testing

@testable import fonanad

/// Each broken link is named, and only that, by the daemon and without one.
@Suite(.timeLimit(.minutes(3))) struct DoctorTests {
  @Test(arguments: FonanaServer.ServerGeneration.allCases)
  func aHealthyServerHasNoBrokenLink(_ generation: FonanaServer.ServerGeneration) async throws {
    var options = TestDaemonOptions()
    options.server.generation = generation
    try await withPatient(options) { test in
      for run in try await test.diagnose() {
        run.expectOnly(nil)
        #expect(run.detail(.version).contains("generation A") == (generation == .a))
        #expect(run.detail(.token).contains(generation == .a ? "absent: expiresAt" : "expiresAt"))
        #expect(run.detail(.messagesRoute) == "would mark read")
      }
      #expect(test.world.counters.ticks == 0)
    }
  }

  @Test func theDaemonsSocketIsClosedForTheTestAndComesBack() async throws {
    try await withPatient { test in
      let before = try await test.call(Calls.status, NoParameters()).connection.attempts.succeeded
      _ = try await test.call(Calls.doctor, DoctorRequest())
      try await test.wait(for: .connected)
      let after = try await test.call(Calls.status, NoParameters()).connection.attempts
      #expect(after.succeeded == before + 1 && after.failed == 0)
      try await test.world.wait { $0.counters.openSockets == 1 }
    }
  }

  @Test(arguments: [("3.51.2", false), ("3.40.1", false), ("3.51.3", true), ("3.52.0", true)])
  func twoOpenersOfAnOlderSQLiteAreNamed(version: String, isSound: Bool) {
    #expect(StoreCheck.intruder(among: [], sqlite: version) == nil)
    #expect(StoreCheck.intruder(among: [4711], sqlite: version) == (isSound ? nil : 4711))
  }

  @Test func offlineAsksNothing() async throws {
    try await withPatient { test in
      let report = try await test.call(Calls.doctor, DoctorRequest(offline: true))
      #expect(report.ok && report.checks.first { $0.id == "tcp" }?.status == .skip)
      #expect(test.world.counters.requests["GET /api/auth/wallet"] == nil)
    }
  }

  @Test(arguments: [
    (FaultResponse.portal, "text/html"), (.html(502), "502"), (.html(404), "404"),
    (.redirect(to: "http://login.example/"), "302"), (.json(500, "Database error"), "500"),
    (.tooManyRequests(retryAfter: "60"), "429"),
  ])
  func whatIsNotTheAPIIsNamed(_ answer: FaultResponse, _ sign: String) async throws {
    try await withPatient { test in
      test.server.faults.add(Fault("GET /api/auth/wallet", .respond(answer), count: nil))
      for run in try await test.diagnose() {
        run.expectOnly(.http)
        #expect(run.detail(.http).contains(sign), "\(run.detail(.http))")
      }
      test.server.faults.removeAll()
    }
  }

  @Test func aServerThatNeverAnswersIsNamed() async throws {
    try await withPatient { test in
      test.server.faults.add(Fault("GET /api/auth/wallet", .hang, count: nil))
      for run in try await test.diagnose() { run.expectOnly(.http) }
      test.server.faults.removeAll()
    }
  }

  @Test func anAnswerWithoutATokenIsNamed() async throws {
    try await withPatient { test in
      let body = #"{"success":true,"user":{"id":"x"}}"#
      test.server.faults.add(
        Fault(
          "POST /api/auth/token",
          .respond(FaultResponse(status: 200, contentType: "application/json", body: body)),
          count: nil))
      for run in try await test.diagnose() {
        run.expectOnly(.token)
        #expect(run.detail(.token).contains("fields success, user; absent: token, expiresAt"))
      }
    }
  }

  @Test func aWalletOfSomebodyElseIsNamed() async throws {
    try await withPatient { test in
      let stranger = test.world.makeUser(nickname: "stranger")
      try await test.editCredentials { $0.wallet = stranger.wallet }
      for run in try await test.diagnose() {
        run.expectOnly(.token)
        #expect(run.detail(.token).contains(stranger.id))
      }
      try await test.editCredentials { $0.wallet = "not-a-wallet" }
      for run in try await test.diagnose() { run.expectOnly(.account) }
    }
  }

  @Test func anExpiredTokenIsNamedAndTheFreshOneIsTried() async throws {
    try await withPatient { test in
      try await test.editCredentials { $0.expiresAt = SystemClock.wall - .seconds(7300) }
      for run in try await test.diagnose() {
        run.expectOnly(.claims, .warn)
        #expect(run.detail(.claims).contains("2 hours ago"))
      }
    }
  }

  @Test func aRefusedTokenIsToldFromAServerThatRefusesItsOwn() async throws {
    try await withPatient { test in
      try await test.editCredentials { $0.token = Redacted("eyJhbGciOiJIUzI1NiJ9.e30.bogus") }
      for run in try await test.diagnose() { run.expectOnly(.verify, .warn) }
      test.server.faults.add(
        Fault("GET /api/auth/wallet", .respond(.json(401, "Invalid token")), count: nil) {
          $0.hasBearer
        })
      for run in try await test.diagnose() {
        run.expectOnly(.verify)
        #expect(run[.verify]?.hint?.contains("secrets") == true)
      }
    }
  }

  @Test func aRouteThatRefusesTheTokenIsTheOnlyOneNamed() async throws {
    try await withPatient { test in
      test.server.faults.add(
        Fault("GET /api/conversations", .respond(.json(401, "Invalid token")), count: nil))
      for run in try await test.diagnose() {
        run.expectOnly(.conversationsRoute)
        #expect(run.detail(.conversationsRoute) == "401 “Invalid token”")
      }
    }
  }

  @Test func aWebSocketThatCannotBeOpenedIsNamed() async throws {
    try await withPatient { test in
      test.server.sockets.upgradeFault = .status(502)
      for run in try await test.diagnose() {
        run.expectOnly(.socketQuery)
        #expect(run.detail(.socketQuery).contains("502"))
        #expect(run[.socketQuery]?.hint?.contains("127.0.0.1") == true)
      }
      test.server.sockets.upgradeFault = .closeAfterUpgrade(code: 1011, reason: "database")
      for run in try await test.diagnose() {
        run.expectOnly(.connected)
        #expect(run.detail(.connected).contains("1011 “database”"))
      }
      test.server.sockets.upgradeFault = .closeAfterUpgrade(code: 1008, reason: "Unauthorized")
      for run in try await test.diagnose() {
        #expect(run.report.firstFailure?.id == "websocket")
        #expect(run[.socketQuery]?.status == .warn && run[.socketHeader]?.status == .warn)
      }
      test.server.sockets.upgradeFault = nil
    }
  }

  @Test func aDamagedStoreIsNamed() async throws {
    try await withPatient { test in
      let other = test.home.path("other")
      let sound = try await test.diagnoseWithoutDaemon(["FONANA_HOME": other])
      #expect(sound[.store]?.detail == "there is none yet")
      var page = [UInt8](repeating: 0xff, count: 20_000)
      page.replaceSubrange(0..<16, with: Array("SQLite format 3\0".utf8))
      try test.home.write(String(decoding: page, as: UTF8.self), to: "other/data/default/x")
      let path = "\(other)/data/default/fonana.sqlite"
      #expect(rename("\(other)/data/default/x", path) == 0 && chmod(path, 0o600) == 0)
      let run = try await test.diagnoseWithoutDaemon(["FONANA_HOME": other])
      #expect(run[.store]?.status == .fail, "\(run.detail(.store))")
    }
  }

  @Test func filesThatOthersCanReadAreNamed() async throws {
    try await withPatient { test in
      let path = test.daemon.context.paths.credentials
      #expect(chmod(path, 0o644) == 0)
      for run in try await test.diagnose() {
        run.expectOnly(.files)
        #expect(run.detail(.files).contains("mode 0644"))
        #expect(run[.files]?.hint == "Type “chmod 0600 \(path)”.")
      }
      #expect(chmod(path, 0o600) == 0)
    }
  }

  @Test func aFolderWhereAFileBelongsIsToBeMovedAway() async throws {
    try await withPatient { test in
      try test.home.write("", to: "other/data/default/fonana.sqlite/x")
      let run = try await test.diagnoseWithoutDaemon(["FONANA_HOME": test.home.path("other")])
      #expect(run.detail(.files).hasSuffix("fonana.sqlite is not a file"), "\(run)")
      #expect(run[.files]?.hint?.hasPrefix("Move it away") == true)
    }
  }

  @Test func aBrokenConfigurationIsNamedAndAChangedOneTold() async throws {
    try await withPatient { test in
      try test.home.write("sevrer = \"x\"\n", to: "config.toml")
      for run in try await test.diagnose() {
        run.expectOnly(.configuration)
        #expect(run.detail(.configuration).contains("line 1"))
      }
      try test.home.write("[sync]\nmode = \"eager\"\n", to: "config.toml")
      let runs = try await test.diagnose()
      runs[0].expectOnly(.configuration, .warn)
      runs[1].expectOnly(nil)
    }
  }
}
