import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  @Suite struct SearchTests {
    private struct Document: Decodable {
      struct Match: Decodable {
        let message: MessageDocument
        let snippet: String
      }

      let matches: [Match]
      let total: Int
      let freshness: FreshnessDocument
    }

    @Test func whatIsHereIsFoundWithTheServerGone() async throws {
      try await withScene { scene in
        scene.bobWrites("The café opens at nine, 你好世界")
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          _ = try await scene.desk.json(
            SendDocument.self, "send", "@bob", "A cafe? I am in", "--wait")
          try await scene.server.stopListening()

          let both = try await scene.desk.json(Document.self, "search", "cafe")
          #expect(both.total == 2)
          #expect(both.matches.map(\.message.content).first == "A cafe? I am in")
          let his = try await scene.desk.json(Document.self, "search", "世界", "--from", "bob")
          #expect(his.matches.map(\.snippet) == ["The café opens at nine, 你好世界"])
          let whole = try await scene.desk.json(Document.self, "search", "--raw", "世界 OR absent")
          #expect(whole.matches.map(\.snippet) == ["The café opens at nine, 你好世界"])
          let text = try await scene.desk.fonana("search", "cafe", "--in", "bob", "-n", "1")
          #expect(text.status == 0 && text.output.contains("me: A cafe? I am in"), "\(text)")
          #expect(text.errors.contains("1 more"))
          let none = try await scene.desk.fonana("search", "absent")
          #expect(none.status == 0 && none.output.isEmpty && none.errors.contains("Nothing"))
          let bad = try await scene.desk.fonana("search", "!?")
          #expect(bad.status == 64 && bad.errors.contains("hint:"), "\(bad)")
          let raw = try await scene.desk.fonana("search", "--raw", "cafe AND (")
          #expect(raw.status == 64, "\(raw)")
          try await scene.server.startListening()
        }
        #expect(scene.world.counters.ticks == 0)
      }
    }
  }
}
