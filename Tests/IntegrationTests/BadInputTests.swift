import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// What people get wrong: an exit code, a sentence, a hint, and nothing is lost.
  @Suite struct BadInputTests {
    struct Case: CustomTestStringConvertible, Sendable {
      let testDescription: String
      let arguments: [String]
      var input = ""
      let status: Int32
      let code: String
    }

    static let tooLong = String(repeating: "x", count: 256 * 1024 + 1)

    static let cases = [
      Case(
        testDescription: "invalid wallet", arguments: ["login", "--wallet", "0OIl"],
        status: 64, code: "invalid_input"),
      Case(
        testDescription: "unknown recipient", arguments: ["send", "@nobody", "hi"],
        status: 66, code: "not_found"),
      Case(
        testDescription: "no name", arguments: ["send", "not a name!", "hi"],
        status: 64, code: "invalid_input"),
      Case(
        testDescription: "empty text", arguments: ["send", "@bob", ""],
        status: 64, code: "invalid_input"),
      Case(
        testDescription: "empty input", arguments: ["send", "@bob", "-"],
        status: 64, code: "invalid_input"),
      Case(
        testDescription: "over-long text", arguments: ["send", "@bob", "-"], input: tooLong,
        status: 64, code: "invalid_input"),
      Case(
        testDescription: "U+0000", arguments: ["send", "@bob", "-"], input: "a\0b",
        status: 64, code: "invalid_input"),
      Case(
        testDescription: "unknown conversation", arguments: ["read", "@nobody"],
        status: 66, code: "not_found"),
      Case(
        testDescription: "unknown message", arguments: ["show", "cmnosuchmessage0000000000"],
        status: 66, code: "not_found"),
      Case(
        testDescription: "unknown backup", arguments: ["restore", "/nope", "--yes"],
        status: 66, code: "not_found"),
      Case(
        testDescription: "unknown outbox item",
        arguments: ["outbox", "cancel", "00000000-0000-4000-8000-000000000000"],
        status: 66, code: "not_found"),
    ]

    @Test(arguments: cases)
    func givesExitCodeSentenceAndHint(_ bad: Case) async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          try await expectFailure(bad, at: scene.desk)
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          #expect(read.messages.map(\.content) == ["Hello Alice"])
          #expect(scene.textsFromAlice.isEmpty)
        }
      }
    }

    @Test(arguments: [["send", "@bob", "hi"], ["inbox"], ["read", "@bob"], ["whoami"]])
    func beforeLoginSaysWhatToType(_ arguments: [String]) async throws {
      try await withScene(loggedIn: false) { scene in
        try await scene.desk.withDaemon { _ in
          let result = try await scene.desk.command.run(arguments)
          #expect(result.status == 77, "\(result)")
          #expect(result.errors.contains("fonana login"))
        }
      }
    }

    @Test(arguments: [
      ("serverr = \"http://127.0.0.1:1\"", "serverr"), ("server = 3", "server"),
      ("[sync]\nmode = \"sometimes\"", "mode"), ("server = ", "line 2"),
    ])
    func brokenConfigurationNamesFileAndKey(_ text: String, _ key: String) async throws {
      try await withScene { scene in
        try scene.desk.home.write("# first line\n\(text)\n", to: "f/config.toml")
        let daemon = try await scene.desk.daemon.run([])
        #expect(daemon.status == 78, "\(daemon)")
        #expect(daemon.errors.contains("config.toml"))
        #expect(daemon.errors.contains(key))
        #expect(daemon.errors.contains("hint:"))

        var desk = scene.desk
        desk.environment["FONANA_NO_AUTOSTART"] = nil
        let inbox = try await desk.fonana("inbox")
        #expect(inbox.status == 78, "\(inbox)")
        #expect(inbox.errors.contains("config.toml"))

        try FileManager.default.removeItem(atPath: scene.desk.home.path("f/config.toml"))
        try await scene.desk.withDaemon { _ in
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--peek")
          #expect(read.messages.count == 1)
        }
      }
    }

    /// The daemon that runs is not ended for one that could not start.
    @Test func aRestartWithABrokenConfigurationLeavesTheDaemonAlone() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { running in
          try scene.desk.home.write("serverr = 3\n", to: "f/config.toml")
          let restart = try await scene.desk.fonana("daemon", "restart")
          #expect(restart.status == 78 && restart.errors.contains("config.toml"), "\(restart)")
          #expect(running.ended == nil)
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--peek")
          #expect(read.messages.map(\.content) == ["Hello Alice"])
        }
      }
    }

    @Test func serverThatAnswersPagesMakesNoSense() async throws {
      try await withScene(loggedIn: false) { scene in
        _ = scene.server.faults.add(Fault("*", .respond(.portal), count: nil))
        try await scene.desk.withDaemon { _ in
          let bad = Case(
            testDescription: "HTML",
            arguments: ["login", "--wallet", scene.alice.wallet, "--no-input"],
            status: 76, code: "bad_answer")
          try await expectFailure(bad, at: scene.desk)
        }
      }
    }

    @Test func pagesInsteadOfAnswersLoseNothing() async throws {
      try await withScene { scene in
        let fault = scene.server.faults.add(Fault("*", .respond(.portal), count: nil))
        try await scene.desk.withDaemon(["--time-scale", "20"]) { _ in
          let send = try await scene.desk.fonana("send", "@bob", "through the portal")
          #expect(send.status == 0, "\(send)")
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--peek")
          #expect(read.messages.first?.content == "Hello Alice")
          scene.server.faults.remove(fault)
          try await scene.aliceHasSent(1)
          try await scene.desk.waitUntil("drained")
          #expect(scene.textsFromAlice == ["through the portal"])
        }
      }
    }

    private func expectFailure(_ bad: Case, at desk: Desk) async throws {
      let plain = try await desk.command.run(bad.arguments, input: Array(bad.input.utf8))
      #expect(plain.status == bad.status, "\(plain)")
      #expect(plain.output.isEmpty, "stdout is data")
      #expect(plain.errors.contains("error: "), "\(plain)")
      #expect(plain.errors.contains("hint: "), "\(plain)")

      let json = try await desk.run(
        bad.arguments + ["--json"], input: bad.input)
      #expect(json.status == bad.status)
      let document = try JSONDecoder().decode(ErrorDocument.self, from: Data(json.output.utf8))
      #expect(document.schema == 1)
      #expect(document.error.code == bad.code)
      #expect(document.error.hint != nil)
    }
  }
}
