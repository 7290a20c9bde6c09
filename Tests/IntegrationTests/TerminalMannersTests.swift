import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// What users of `gh` expect on a terminal and in a pipe, as docs/interface.md lists it; the rest
  /// of the list is in `TerminalTests`.
  @Suite struct TerminalMannersTests {
    private static let escape = "\u{1b}"
    private static let long = String(repeating: "word ", count: 60) + "END"

    @Test func colourObeysItsSwitchesInTheirOrder() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          var desk = scene.desk
          desk.environment["CLICOLOR_FORCE"] = "1"
          #expect(try await desk.fonana("status").output.contains(Self.escape))
          let never = try await desk.fonana("status", "--color", "never")
          #expect(!never.output.contains(Self.escape))
          desk.environment["NO_COLOR"] = "1"
          #expect(try await !desk.fonana("status").output.contains(Self.escape))
          let always = try await desk.fonana("status", "--color", "always")
          #expect(always.output.contains(Self.escape))
        }
      }
    }

    @Test func tablesFitTheWindowAndAreWholeInAPipe() async throws {
      try await withScene { scene in
        scene.bobWrites(Self.long)
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let shown = try await scene.desk.atTerminal("inbox", with: ["NO_COLOR": "1"])
          let lines = shown.output.split(whereSeparator: \.isNewline)
          #expect(lines.first?.hasPrefix("WHO") == true, "\(shown)")
          #expect(lines.allSatisfy { $0.count <= 80 } && !shown.output.contains("END"), "\(shown)")
          let piped = try await scene.desk.fonana("inbox")
          #expect(
            piped.output.hasPrefix("bob\t1\t20") && piped.output.hasSuffix("END\n"), "\(piped)")
          #expect(!piped.output.contains("WHO"))
        }
      }
    }

    @Test func nothingIsSaidOfNothingInAPipe() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          // Before that, what is missing yet is a note on stderr.
          try await scene.desk.waitUntil("synced")
          let shown = try await scene.desk.atTerminal("outbox")
          #expect(shown.output.contains("Everything is delivered."), "\(shown)")
          let piped = try await scene.desk.fonana("outbox")
          #expect(piped.status == 0 && piped.output.isEmpty && piped.errors.isEmpty, "\(piped)")
        }
      }
    }

    @Test func nobodyIsAskedWithoutATerminal() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          for words in [["forget", "@bob"], ["logout", "--purge"]] {
            let piped = try await scene.desk.command.run(words, input: Array("y\n".utf8))
            #expect(piped.status == 64 && piped.errors.contains("--yes"), "\(piped)")
          }
          let refused = try await scene.desk.atTerminal(
            "forget", "@bob", "--no-input", typing: "y\n")
          #expect(refused.status == 64 && !refused.output.contains("[y/N]"), "\(refused)")
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--peek")
          #expect(read.messages.count == 1)
        }
      }
    }

    @Test func anErrorIsRedOnATerminalAndNeverOnStdout() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          let shown = try await scene.desk.atTerminal("read", "@nobody")
          #expect(
            shown.status == 66 && shown.output.contains("\(Self.escape)[31merror:"), "\(shown)")
          let piped = try await scene.desk.fonana("read", "@nobody")
          #expect(piped.output.isEmpty && piped.errors.hasPrefix("error: "), "\(piped)")
          let json = try await scene.desk.atTerminal("read", "@nobody", "--json")
          #expect(
            json.output.hasPrefix("{\"error\"") && !json.output.contains(Self.escape), "\(json)")
        }
      }
    }

    @Test func jsonIsTheSameOnATerminal() async throws {
      try await withScene { scene in
        for number in 1...30 { scene.bobWrites("line \(number)") }
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let words = ["search", "line", "-n", "100", "--json"]
          let shown = try await scene.desk.atTerminal(
            "search", "line", "-n", "100", "--json",
            with: ["FONANA_PAGER": "sed s/^/page:/", "CLICOLOR_FORCE": "1"])
          let piped = try await scene.desk.run(words)
          let texts = [shown, piped].map { $0.output.split(separator: "\"freshness\"").first }
          #expect(texts[0] == texts[1] && shown.output.hasPrefix("{"), "\(shown)")
        }
      }
    }

    @Test func progressIsForATerminalOnly() async throws {
      try await withScene(loggedIn: false) { scene in
        try await scene.desk.withDaemon { _ in
          let login = try await scene.desk.fonana(
            "login", "--wallet", scene.alice.wallet, "--no-input")
          #expect(login.status == 0 && login.errors.isEmpty, "\(login)")
        }
      }
    }

    @Test func anInterruptEndsTheCommandAndNotTheDaemon() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { daemon in
          try await scene.isConnected()
          let watch = try await scene.desk.atTerminal("watch", typing: "\u{3}", at: "ready")
          #expect(watch.status == 130, "\(watch)")
          let question = try await scene.desk.atTerminal(
            "forget", "@bob", typing: "\u{3}", at: "[y/N]")
          #expect(question.status == 130, "\(question)")
          #expect(daemon.ended == nil)
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--peek")
          #expect(read.messages.count == 1)
        }
      }
    }

    @Test func aReaderThatHasEnoughIsNoError() async throws {
      try await withScene { scene in
        for number in 1...400 { scene.bobWrites("\(number) \(Self.long)", push: false) }
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let shell = Program("/bin/bash", environment: scene.desk.environment)
          let line = "\"$0\" export | head -n 1; echo \"${PIPESTATUS[0]}\""
          let result = try await shell.run(["-c", line, scene.desk.command.path])
          #expect(result.output.hasSuffix("\n0\n"), "\(result)")
          #expect(!result.errors.contains("error"), "\(result)")
        }
      }
    }

    @Test(arguments: ["", "--json"])
    func aFindingOutlivesTheReaderWhoHasGone(_ form: String) async throws {
      try await withScene { scene in
        let desk = Desk(scene.desk.home, server: "http://127.0.0.1:9")
        let shell = Program("/bin/bash", environment: desk.environment)
        let line = "\"$0\" doctor --offline $1 | true; echo \"${PIPESTATUS[0]}\""
        let result = try await shell.run(["-c", line, desk.command.path, form])
        #expect(result.output == "1\n", "\(result)")
      }
    }
  }
}
