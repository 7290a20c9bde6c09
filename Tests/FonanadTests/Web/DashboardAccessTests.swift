import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Testing

@testable import fonanad

/// Who gets the diagnostics page, and who does not.
@Suite(.timeLimit(.minutes(2))) struct DashboardAccessTests {
  @Test func nothingListensBeforeItIsAskedFor() async throws {
    try await withTestDaemon { test in
      #expect(await !test.daemon.dashboard.isOpen)
      _ = try await test.call(Calls.openDashboard, NoParameters())
      #expect(await test.daemon.dashboard.isOpen)
    }
  }

  @Test func anAddressOpensThePageOnce() async throws {
    try await withTestDaemon { test in
      let address = try await test.call(Calls.openDashboard, NoParameters())
      let client = try await PageClient.entering(address)
      let page = try await client.get(client.folder)
      #expect(page.status == 200 && page.body.contains("<h1>fonana diagnostics</h1>"))
      let query = try #require(address.url.split(separator: "/").last)
      #expect(try await PageClient(port: address.port).get("/\(query)").status == 401)
      let second = try await test.call(Calls.openDashboard, NoParameters())
      #expect(second.port == address.port && second.url != address.url)
      #expect(try await PageClient.entering(second).folder == client.folder)
    }
  }

  @Test func thePageAndAllItsFilesComeWithoutAnythingFromElsewhere() async throws {
    try await withTestDaemon { test in
      let client = try await PageClient.entering(
        try await test.call(Calls.openDashboard, NoParameters()))
      for name in DashboardPage.files.keys {
        let file = try await client.get(client.folder + name)
        #expect(file.status == 200, "\(name)")
        #expect(file.headers["cache-control"] == "no-store", "\(name)")
        #expect(file.headers["x-content-type-options"] == "nosniff", "\(name)")
        #expect(file.headers["content-security-policy"]?.contains("default-src 'none'") == true)
        #expect(file.headers["access-control-allow-origin"] == nil, "\(name)")
        let addresses = file.body.matches(of: #/https?:[^"' ]+/#).map(\.output)
        #expect(addresses.allSatisfy { $0.hasPrefix("http://www.w3.org/") }, "\(addresses)")
        #expect(!file.body.contains("innerHTML") && !file.body.contains(" onclick"), "\(name)")
      }
      #expect(try await client.get(client.folder + "other").status == 404)
    }
  }

  struct Intruder: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let changes: [String: String?]
    let status: Int
  }

  @Test(arguments: [
    Intruder(testDescription: "no key", changes: ["Cookie": nil], status: 401),
    Intruder(testDescription: "wrong key", changes: ["Cookie": "fonana=0"], status: 401),
    Intruder(
      testDescription: "near key",
      changes: ["Cookie": "fonana=" + String(repeating: "0", count: 64)], status: 401),
    Intruder(testDescription: "rebound name", changes: ["Host": "evil.example"], status: 421),
    Intruder(
      testDescription: "like our name", changes: ["Host": "127.0.0.1.evil.example:80"], status: 421),
    Intruder(testDescription: "no name", changes: ["Host": nil], status: 421),
    Intruder(
      testDescription: "other origin", changes: ["Origin": "https://fonana.me"], status: 403),
    Intruder(
      testDescription: "other port", changes: ["Origin": "http://127.0.0.1:1"], status: 403),
    Intruder(testDescription: "null origin", changes: ["Origin": "null"], status: 403),
    Intruder(
      testDescription: "cross-site", changes: ["Sec-Fetch-Site": "cross-site"], status: 403),
  ])
  func whoeverIsNotThePageGetsNothing(_ intruder: Intruder) async throws {
    try await withTestDaemon { test in
      let client = try await PageClient.entering(
        try await test.call(Calls.openDashboard, NoParameters()))
      for (method, name) in [("GET", ""), ("GET", "page.js"), ("GET", "events")]
        + DashboardAct.allCases.map({ ("POST", "act/\($0)") })
      {
        let reply = try await client.send(method, client.folder + name, intruder.changes)
        // Without a name it is no HTTP/1.1 at all.
        #expect(reply.status == intruder.status || reply.status == 400, "\(method) \(name)")
        #expect(!reply.body.contains("fonana diagnostics"))
      }
    }
  }

  @Test func aPostThatNamesNoOriginIsRefusedAndOtherMethodsAreUnknown() async throws {
    try await withTestDaemon { test in
      let client = try await PageClient.entering(
        try await test.call(Calls.openDashboard, NoParameters()))
      #expect(
        try await client.post(client.folder + "act/wallet", ["Origin": nil]).status == 403)
      #expect(try await client.send("PUT", client.folder).status == 405)
      #expect(try await client.post(client.folder + "act/everything").status == 404)
      #expect(try await client.get(client.folder + "act/forget").status == 404)
    }
  }

  @Test func thePortOfAForwardingIsTaken() async throws {
    try await withTestDaemon { test in
      let client = try await PageClient.entering(
        try await test.call(Calls.openDashboard, NoParameters()))
      let forwarded = ["Host": "localhost:9999", "Origin": "http://localhost:9999"]
      #expect(try await client.get(client.folder, forwarded).status == 200)
    }
  }

  @Test func nothingListensAnyMoreWhenNobodyLooks() async throws {
    try await withTestDaemon { test in
      let context = test.daemon.context
      let lines = context.log.listen()
      let dashboard = Dashboard(
        context.configuration,
        parts: DashboardParts(
          context: context, status: StatusHandler(context: context)),
        logger: context.logger, patience: .milliseconds(1))
      let address = try await dashboard.open()
      for await line in lines.stream where line.message.contains("nobody looked") { break }
      lines.cancel()
      #expect(await !dashboard.isOpen)
      let next = try await dashboard.open()
      #expect(next.url != address.url)
    }
  }

  @Test func aPageThatIsSwitchedOffIsNotServed() async throws {
    var options = TestDaemonOptions()
    options.configuration = "[dashboard]\nenabled = false\n"
    try await withTestDaemon(options) { test in
      let error = await #expect(throws: FonanaError.self) {
        try await test.call(Calls.openDashboard, NoParameters())
      }
      #expect(error?.hint?.contains("dashboard.enabled") == true)
      #expect(await !test.daemon.dashboard.isOpen)
    }
  }

  @Test func ticketsEndAndAreNotKeptForEver() {
    var keys = DashboardKeys()
    let now = ContinuousClock.now
    let old = keys.issueTicket(at: now)
    let late = keys.redeem(old.exposed, at: now + DashboardKeys.life)
    #expect(!late)
    let tickets = (0..<20).map { _ in keys.issueTicket(at: now) }
    let opened = tickets.map { keys.redeem($0.exposed, at: now) }
    #expect(opened.filter { $0 }.count == 16 && opened.last == true)
    let wrong = keys.redeem(nil) || keys.redeem("") || keys.redeem(keys.session.exposed)
    #expect(!wrong)
    #expect("\(keys)".contains(keys.session.exposed) == false)
  }
}
