import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  @Suite struct ExportTests {
    private struct Line: Decodable {
      struct Gap: Decodable { let newerId: String }
      struct End: Decodable { let conversations, messages, gaps: Int }
      struct Conversation: Decodable { let id: String }

      let schema: Int
      let conversation: Conversation?
      let message: MessageDocument?
      let gap: Gap?
      let end: End?
    }

    private func lines(_ text: String) throws -> [Line] {
      try text.split(separator: "\n").map {
        try JSONDecoder().decode(Line.self, from: Data($0.utf8))
      }
    }

    @Test func anExportHoldsEveryMessageOnceInOrder() async throws {
      try await withScene { scene in
        for number in 1...1200 { scene.bobWrites("text \(number)", push: false) }
        let long = String(repeating: "long ", count: 200_000)
        scene.bobWrites(long, push: false)
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          try await scene.desk.pullAll("@bob")
          let ticks = scene.world.counters.ticks
          let file = scene.desk.home.path("out.jsonl")
          let done = try await scene.desk.fonana("export", "-o", file)
          #expect(done.status == 0 && done.output.contains("1202 messages"), "\(done)")
          let lines = try lines(try scene.desk.home.text(of: "out.jsonl"))
          let texts = lines.compactMap { $0.message?.content }
          #expect(texts.first == "Hello Alice" && texts.last == long)
          #expect(texts.dropFirst().dropLast() == (1...1200).map { "text \($0)" }[...])
          #expect(lines.first?.conversation?.id == scene.conversation)
          #expect(lines.last?.end?.messages == 1202 && lines.last?.end?.gaps == 0)
          var facts = stat()
          #expect(stat(file, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
          #expect(scene.world.counters.ticks == ticks)
          let last = try await scene.desk.fonana("export", "bob", "--since", "2099-01-01")
          #expect(try self.lines(last.output).last?.end?.messages == 0, "\(last)")
        }
      }
    }

    /// Unread messages are not fetched: the list shows the newest alone.
    @Test func anExportNamesItsGapsWhereTheyLie() async throws {
      try await withScene { scene in
        for number in 1...3 { scene.bobWrites("*unread* \(number)", push: false) }
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let result = try await scene.desk.fonana("export", "@bob")
          let lines = try lines(result.output)
          let newest = try #require(lines.last { $0.message != nil }?.message)
          let place = try #require(lines.lastIndex { $0.gap != nil })
          #expect(lines[place].gap?.newerId == newest.id)
          #expect(lines[place + 1].message?.id == newest.id)
          #expect((lines.last?.end?.gaps ?? 0) > 0)
          let text = try await scene.desk.fonana("export", "@bob", "--format", "md")
          #expect(text.output.contains("have not been fetched"), "\(text)")
          #expect(text.output.contains(#"> \*unread\* 3"#), "\(text)")
        }
        #expect(scene.world.counters.ticks == 0)
      }
    }

    /// As it is about to give the file its name.
    @Test(
      .enabled(if: Strace.isThere, "strace comes with \"make deps\""),
      arguments: [
        (Injection.Effect.interrupt, ProgramExit.code(130)), (.terminate, .signal(SIGTERM)),
      ])
    func anExportThatIsStoppedLeavesNoFile(
      _ effect: Injection.Effect, _ expected: ProgramExit
    ) async throws {
      try await withScene { scene in
        let desk = scene.desk
        try await desk.withDaemon { _ in
          try await desk.waitUntil("synced")
          let stopped = Strace.arguments(
            tracing: ["fsync"], Injection(call: "fsync", effect: effect, number: 1),
            report: desk.home.path("strace.txt"),
            program: [desk.command.path, "export", "-o", desk.home.path("out/all.jsonl")])
          mkdir(desk.home.path("out"), 0o700)
          try await Program(Strace.path, environment: desk.environment)
            .withRunning(stopped) { export in
              let exit = try await export.waitForExit()
              #expect(exit == expected)
            }
          let left = try FileManager.default.contentsOfDirectory(atPath: desk.home.path("out"))
          #expect(left == [])
        }
      }
    }
  }
}
