import FonanaServer
import FonanaTestSupport
import FoundationEssentials
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

    @Test func whatIsTypedNarrowsTheSearch() async throws {
      try await withScene { scene in
        for draft in [
          MessageDraft("apple"), MessageDraft("apple pie", mediaURL: "/p.png", mediaType: "image"),
        ] { scene.world.send(from: scene.bob.id, in: scene.conversation, draft) }
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("asked")
          _ = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          _ = try await scene.desk.json(
            SendDocument.self, "send", "@bob", "apple tree", "--paid", "0.5", "--wait")
          let cases: [([String], Int)] = [
            ([], 3), (["--media"], 1), (["--paid"], 1), (["--since", "1h"], 3),
            (["--until", "1h"], 0), (["--since", "1h", "--until", "0s", "--media"], 1),
            (["--by", "relevance"], 3), (["--in", "bob", "--from", "me"], 1),
          ]
          for (words, count) in cases {
            let found = try await scene.desk.run(["search", "apple", "--json"] + words)
            let document = try JSONDecoder().decode(Document.self, from: Data(found.output.utf8))
            #expect(document.total == count, "\(words): \(found)")
          }
          let star = try await scene.desk.fonana("search", "--raw", "--", "*id")
          #expect(star.status == 64 && star.errors.contains("can't begin with"), "\(star)")
        }
      }
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
