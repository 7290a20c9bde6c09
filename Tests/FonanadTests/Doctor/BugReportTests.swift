import ControlProtocol
import FonanaCore
import FonanaServer
import SyncEngine
import Testing

@testable import fonanad

@Suite(.timeLimit(.minutes(2))) struct BugReportTests {
  @Test func noTokenTextWalletIDOrNameIsInIt() async throws {
    var options = TestDaemonOptions()
    options.environment = ["HOME": "/home/canary-home"]
    options.configuration = "[notifications]\nmute = [\"canarymuted\"]\n"
    try await withPatient(options) { test in
      let me = try #require(test.world.user(wallet: TestDaemon.wallet))
      test.world.renameUser(me.id, nickname: "canarynick")
      let bob = test.world.makeUser(nickname: "canarybob")
      let conversation = test.world.makeConversation(me.id, bob.id)
      test.world.send(from: bob.id, in: conversation, MessageDraft("canary incoming text"))
      let sent = try await test.send("canary outgoing text", to: "@canarybob")
      _ = try await test.call(Calls.read, ConversationReadRequest(who: "canarybob"))
      let token = try #require(try await test.daemon.context.credentials.load()?.token?.exposed)

      let up = try await test.call(Calls.bugReport, DoctorRequest()).text
      let environment = test.daemon.context.launch.environment
      let down = await BugReport(bench: try DoctorBench(LaunchOptions(), environment)).text()
      for text in [up, down] {
        for secret in [
          token, "eyJ", "canary", TestDaemon.wallet, me.id, bob.id, conversation,
          sent.cid.rawValue, sent.messageId?.rawValue ?? "?",
        ] {
          #expect(!text.contains(secret), "“\(secret.prefix(12))…” is in it")
        }
        #expect(text.contains("<wallet ") && text.contains("ok token"))
        #expect(text.contains("notifications.mute = 1 name ("))
        #expect(text.contains("[outbox] itemSending <id "))
      }
      #expect(up.contains("\"sendRoundTrip\":{\"count\":1"))
      #expect(down.contains("the daemon does not run"))
    }
  }

  @Test func whoWaitsInTheOutboxAndWhatHooksAreCalledIsNotInIt() async throws {
    var options = TestDaemonOptions()
    options.configuration = """
      [[hook]]
      name = "canary-hook"
      command = ["/bin/true"]
      """
    try await withPatient(options) { test in
      // Accepted without knowing that nobody is called so.
      test.server.faults.add(Fault("GET *", .respond(.json(500, "Database error")), count: nil))
      let parked = try await test.send("text", to: "@canary_parked", wait: .no)
      let held = try await test.send("text", to: "@canary_held", wait: .no)
      _ = try await test.call(Calls.hold, OutboxTarget(cid: held.cid))
      test.server.faults.removeAll()
      while try await test.call(Calls.status, NoParameters()).outbox.parked == 0 {
        try Task.checkCancellation()
      }
      let up = try await test.call(Calls.bugReport, DoctorRequest()).text
      let environment = test.daemon.context.launch.environment
      let down = await BugReport(bench: try DoctorBench(LaunchOptions(), environment)).text()
      #expect(up.contains("\"to\":\"@<name ") && up.contains("Nobody is called “@<name "))
      for text in [up, down] {
        #expect(!text.contains("canary"), "\(text)")
        #expect(text.contains("ok hooks") && text.contains("1: <name "))
      }
      for item in [parked, held] {
        _ = try await test.call(Calls.cancel, OutboxTarget(cid: item.cid))
      }
    }
  }

  @Test func theCountersAreThoseFromBeforeTheDoctor() async throws {
    try await withPatient { test in
      let text = try await test.call(Calls.bugReport, DoctorRequest()).text
      #expect(text.contains("ok websocket") && text.contains("\"state\":\"connected\""))
    }
  }

  @Test func namesAreFoundInEveryForm() {
    let names = ["@Alice", "my_name", "Анна", "two words", "end."]
    let redactor = IdentityRedactor(names: names, home: "")
    let text = redactor.redact("alice, @ALICE; “my_name”, x-my_name.y; анна. (two words) end..")
    for name in ["lice", "LICE", "my_", "нна", "words", "end"] {
      #expect(!text.contains(name), "\(text)")
    }
    #expect(text.contains("x-<name ") && text.contains(">.y; <name "))
    #expect(redactor.redact("alicent, my_names -a--b.") == "alicent, my_names -a--b.")
  }

  @Test func oneThingHasOneMarkInAReportAndAnotherInTheNext() {
    let id = "cmmwy9b9m7000001ored8v3ku"
    let first = IdentityRedactor(names: ["bob"], home: "/home/bob")
    let text = first.redact(
      "\(id) and \(id); bob's /home/bob/x, bobby, 6f1c2b1e-7d7c-4a35-9f5e-0d1f4b7f9a10.")
    let mark = text.prefix(13)
    #expect(mark.hasPrefix("<id ") && text.hasPrefix("\(mark) and \(mark); <name "))
    #expect(text.contains("~/x, bobby, <id ") && text.hasSuffix(">."))
    #expect(IdentityRedactor(names: [], home: "").redact(id) != mark)
  }

  @Test func diagnosticsTellTheConnectionAndTheLatencies() async throws {
    var options = TestDaemonOptions()
    options.server.pushesMessages = true
    try await withPatient(options) { test in
      let me = try #require(test.world.user(wallet: TestDaemon.wallet))
      let bob = test.world.makeUser(nickname: "bob")
      // What a pull mirrors before its push comes has no time to tell: so there are several.
      repeat {
        test.world.send(from: bob.id, to: me.id, "hello")
      } while try await test.call(Calls.diagnostics, NoParameters()).latencies.pushToDisk.count == 0
      let report = try await test.call(Calls.diagnostics, NoParameters())
      #expect(report.connection.periods.map(\.succeeded).reduce(0, +) == 1)
      #expect(report.connection.periodSeconds == 900)
      #expect(report.latencies.pushToDisk.p50Ms.map { $0 > 0 } == true)
      #expect(report.latencies.sendRoundTrip.p99Ms == nil)
    }
  }
}
