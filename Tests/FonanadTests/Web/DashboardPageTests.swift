import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Logging
import SyncEngine
import Testing

@testable import fonanad

/// What the page shows and what its buttons do, over real HTTP.
@Suite(.timeLimit(.minutes(2))) struct DashboardPageTests {
  private func enter(_ test: TestDaemon) async throws -> PageClient {
    try await PageClient.entering(try await test.call(Calls.openDashboard, NoParameters()))
  }

  /// Presses a button and reads to the end.
  private func press(_ act: DashboardAct, _ client: PageClient) async throws -> (
    steps: [DoctorLine], isOK: Bool
  ) {
    struct End: Decodable { let ok: Bool }
    let reply = try await client.post(client.folder + "act/\(act)")
    #expect(reply.status == 200)
    let lines = reply.body.split(separator: "\n")
    let steps = try lines.dropLast().map { try ControlJSON.decode(DoctorLine.self, from: $0.utf8) }
    let end = try ControlJSON.decode(End.self, from: try #require(lines.last).utf8)
    #expect(end.ok == !steps.contains { $0.status == .fail }, "\(steps)")
    return (steps, end.ok)
  }

  @Test func theStreamTellsTheStateAndEachLineOfTheLog() async throws {
    try await withPatient { test in
      let client = try await enter(test)
      let stream = try client.open("GET", client.folder + "events")
      #expect(try await stream.reads("event: past"))
      #expect(try await stream.reads("event: status"))
      #expect(try await stream.reads(#""nickname":"me""#))
      test.daemon.context.logger.notice("A line for the page.", metadata: ["sign": "a\u{202e}b"])
      #expect(try await stream.reads("A line for the page."))
      #expect(try await stream.reads(#""sign":"a<U+202E>b""#))
      _ = try await test.call(Calls.logOut, LogoutRequest())
      #expect(try await stream.reads(#""state":"missing""#))
    }
  }

  /// While it is closed nobody listens to the log or to the engine, and no beat goes.
  @Test func aClosedPageCostsNothing() async throws {
    try await withPatient { test in
      let context = test.daemon.context
      func heard() -> [Int] { [context.log.listeners, context.engine.watchers] }
      let before = heard()
      let client = try await enter(test)
      #expect(heard() == before, "no page is open yet")
      for _ in 1...2 {
        let stream = try client.open("GET", client.folder + "events")
        #expect(try await stream.reads("event: status"))
        #expect(heard() == before.map { $0 + 1 })
        stream.close()
        while heard() != before {
          try Task.checkCancellation()
          await Task.yield()
        }
      }
    }
  }

  @Test func anOpenPageKeepsTheServerAndAClosedOneIsNoticed() {
    let pages = PageCounter()
    #expect(pages.rest(of: .zero) == nil)
    pages.opened()
    #expect(pages.rest(of: .seconds(600)) == .seconds(600))
    pages.closed()
    #expect(pages.pages == 0 && pages.rest(of: .zero) == nil)
  }

  @Test func theDaemonStopsWhileAPageIsOpen() async throws {
    try await withTestDaemon(checksOutbox: false) { test in
      let client = try await enter(test)
      let stream = try client.open("GET", client.folder + "events")
      #expect(try await stream.reads("event: status"))
      test.daemon.stop()
      #expect(try await !stream.reads("never said"))
    }
  }

  @Test(arguments: [
    (DashboardAct.wallet, ["configuration", "files", "store", "account", "claims"]),
    (
      .api,
      [
        "configuration", "files", "account", "proxy", "dns", "tcp", "tls", "http", "clock",
        "version", "token", "claims", "verify",
      ]
    ),
    (
      .flow,
      DoctorLink.allCases.map(\.rawValue).filter {
        !["desktop", "hooks", "systemd", "daemon"].contains($0)
      }
    ),
  ])
  func aTestShowsItsLinksInOrder(_ act: DashboardAct, _ links: [String]) async throws {
    try await withPatient { test in
      let (steps, isOK) = try await press(act, try await enter(test))
      #expect(steps.map(\.id) == links)
      #expect(isOK)
      try await test.wait(for: .connected)
    }
  }

  @Test func aBrokenLinkIsNamedWithItsReason() async throws {
    try await withPatient { test in
      try await test.editCredentials { $0.wallet = "nonsense" }
      let (steps, isOK) = try await press(.wallet, try await enter(test))
      let failure = try #require(steps.first { $0.status == .fail })
      #expect(!isOK && failure.id == "account")
      #expect(steps.last?.status == .skip)
    }
  }

  @Test func reconnectingIsFollowedToItsEnd() async throws {
    try await withPatient { test in
      let before = test.daemon.context.engine.status.connectionsSucceeded
      let (steps, isOK) = try await press(.reconnect, try await enter(test))
      #expect(isOK && steps.last?.id == "connection.connected", "\(steps)")
      #expect(test.daemon.context.engine.status.connectionsSucceeded > before)
    }
  }

  @Test func forgettingLeavesNoToken() async throws {
    try await withPatient { test in
      let client = try await enter(test)
      let (steps, isOK) = try await press(.forget, client)
      #expect(isOK && steps.map(\.id) == ["forget.memory", "forget.file"])
      #expect(try await test.daemon.context.credentials.load()?.token == nil)
      for act in [DashboardAct.forget, .reconnect] {
        let (again, isOK) = try await press(act, client)
        #expect(!isOK && again.first?.hint?.contains("fonana login") == true)
      }
    }
  }

  @Test func oneTestAtATime() async throws {
    try await withPatient { test in
      let client = try await enter(test)
      let answer = try await test.daemon.context.doctorTurn.take { () async in
        try? await press(.wallet, client)
      }
      let (steps, isOK) = try #require(answer)
      #expect(!isOK && steps.first?.detail.contains("at work already") == true)
    }
  }

  /// The token and the page's own keys are on no page and in no log.
  @Test func noSecretIsShown() async throws {
    try await withPatient { test in
      let address = try await test.call(Calls.openDashboard, NoParameters())
      let client = try await PageClient.entering(address)
      let stream = try client.open("GET", client.folder + "events")
      var said = ""
      for act in [DashboardAct.wallet, .api, .flow, .reconnect] {
        said += try await client.post(client.folder + "act/\(act)").body
      }
      #expect(try await stream.reads("event: log"))
      said += stream.text + (try test.home.text(of: "state/default/fonanad.log"))
      let token = try #require(try await test.daemon.context.credentials.load()?.token)
      let cookie = try #require(client.headers["Cookie"]?.split(separator: "=").last)
      let ticket = try #require(address.url.split(separator: "=").last)
      for secret in [token.exposed, String(cookie), String(ticket), client.folder] {
        #expect(!said.contains(secret))
      }
      try await test.wait(for: .connected)
    }
  }
}
