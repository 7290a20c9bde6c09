import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// `fonana schema` against what is printed. Beside this, every command with `--json` that any
  /// test runs at its desk is checked (`PrintedSchema`).
  @Suite struct SchemaTests {
    private static let events: Set<String> = [
      "message.received", "message.updated", "message.sent", "outbox.changed",
      "conversation.changed", "notification.received", "connection.changed", "token.refreshed",
      "sync.progress",
    ]

    /// All there are, by two that watch: neither may end because of one of them.
    @Test func everyEventThatHappensFitsItsSchema() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          try await scene.desk.command.withRunning(["watch", "--as", "later", "--json"]) { watch in
            let ready = try await watch.output.nextLine()
            #expect(ready?.contains("ready") == true)
          }
          try await scene.desk.withWatch { watch in
            try await Self.makeEverythingHappen(in: scene)
            try await Self.check(watch, at: scene.desk)
          }
          try await scene.desk.command.withRunning(["watch", "--as", "later", "--json"]) { watch in
            try await Self.check(watch, at: scene.desk)
          }
        }
      }
    }

    /// Conversations with much to fetch, a connection that is lost and one that is closed, a token
    /// that is replaced.
    private static func makeEverythingHappen(in scene: Scene) async throws {
      let long = String(repeating: "long ", count: 100)
      scene.bobWrites(long)
      _ = try await scene.desk.json(SendDocument.self, "send", "@bob", "Hi", "--wait")
      _ = try await scene.desk.json(ReadDocument.self, "read", "@bob")
      for number in 0..<40 {
        let user = scene.world.makeUser(nickname: "p\(number)")
        let talk = scene.world.makeConversation(scene.alice.id, user.id)
        scene.world.fill(talk, count: 2) { index in
          (user.id, MessageDraft("hello \(index)"), Int64(number * 10 + index))
        }
      }
      scene.bobWrites("and more")
      try await scene.desk.waitUntil("synced")
      _ = try await scene.desk.fonana("doctor")
      scene.server.sockets.closeAll(code: 1011)
      scene.world.revokeTokens(of: scene.alice.id)
      _ = try await scene.desk.json(SendDocument.self, "send", "@bob", "Hi again", "--wait")
    }

    private static func check(_ watch: RunningProgram, at desk: Desk) async throws {
      var awaited = events
      var heartbeats = 0
      while !awaited.isEmpty {
        let line = try #require(
          try await watch.output.nextLine(), "\(watch.errors.text); without \(awaited)")
        let name = try #require(WireJSON(parsing: line.utf8)?["event"]?.stringValue)
        let problems = try await PrintedSchema.problems(
          ofLine: line, as: "event \(name)", by: desk.command)
        #expect(problems.isEmpty, "\(line)")
        awaited.remove(name)
        heartbeats += name == "heartbeat" ? 1 : 0
        try #require(heartbeats < 5, "these never came: \(awaited)")
      }
    }

    @Test func aLineThatDoesNotFitIsFound() async throws {
      try await withScene(loggedIn: false) { scene in
        let good = #"{"reached":true,"schema":1,"state":"synced"}"#
        let bad = [
          #"{"reached":true,"state":"synced"}"#, #"{"reached":1,"schema":1,"state":"synced"}"#,
          #"{"reached":true,"schema":1,"state":"synced","more":1}"#, #"{"schema":1}"#, "[]",
        ]
        for line in [good] + bad {
          let problems = try await PrintedSchema.problems(
            ofLine: line, as: "fonana wait", by: scene.desk.command)
          #expect(problems.isEmpty == (line == good), "\(line)")
        }
      }
    }

    /// The judge of others: the schemas are sound, the outputs fit them, and spoilt ones do not.
    @Test(.enabled(if: SchemaTests.hasJudge, "python3-jsonschema is not installed"))
    func anotherValidatorAgrees() async throws {
      try await withScene { scene in
        scene.bobWrites("Hello")
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          var cases: [WireJSON] = []
          for words in [
            ["status"], ["inbox"], ["read", "@bob"], ["search", "hello"], ["whoami"],
            ["outbox", "list"], ["notifications", "list"], ["profiles"], ["config", "list"],
            ["store", "stats"], ["hooks", "list"], ["doctor", "--offline"], ["show", "nothing"],
            ["export"], ["logs"], ["inbox", "--all-profiles"], ["schema", "inbox"],
          ] {
            let output = try await scene.desk.run(words + ["--json"]).output
            let name = words.prefix { !$0.hasPrefix("-") && !$0.hasPrefix("@") }
            let command = ["search", "show", "schema"].contains(words[0]) ? [words[0]] : name[...]
            let schema = try await scene.desk.command.run(["schema"] + command)
            for line in output.split(separator: "\n") {
              cases.append(
                .array([
                  try #require(WireJSON(parsing: schema.output.utf8), "\(schema)"),
                  try #require(WireJSON(parsing: line.utf8)),
                ]))
            }
          }
          let judge = Program("/usr/bin/python3", environment: ["PYTHONWARNINGS": "ignore"])
          let verdict = try await judge.run(
            ["-c", Self.script], input: WireJSON.array(cases).bytes, limit: .seconds(60))
          #expect(verdict.status == 0, "\(verdict)")
          #expect(verdict.output == "\(cases.count) fit\n", "\(verdict)")
        }
      }
    }

    static let hasJudge = FileManager.default.fileExists(
      atPath: "/usr/lib/python3/dist-packages/jsonschema/__init__.py")

    /// Each must fit its schema, and must not when its first member is gone.
    private static let script = """
      import json, sys
      from jsonschema import Draft202012Validator as Draft
      cases = json.load(sys.stdin)
      for schema, value in cases:
          Draft.check_schema(schema)
          Draft(schema).validate(value)
          spoilt = {key: value[key] for key in value if key != "schema"}
          assert not Draft(schema).is_valid(spoilt), ("fits without schema", value)
      print(len(cases), "fit")
      """
  }
}
