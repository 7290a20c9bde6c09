import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  @Suite struct VerifyTests {
    private struct Verdict: Decodable {
      struct Difference: Decodable {
        let kind: String
        let who: String
        let messageId: String?
      }

      let conversations: Int
      let messages: Int
      let differences: [Difference]
    }

    private func verdict(_ desk: Desk, _ words: String...) async throws -> (Int32?, Verdict) {
      let result = try await desk.run(["verify"] + words + ["--json"])
      return (
        result.status, try JSONDecoder().decode(Verdict.self, from: Data(result.output.utf8))
      )
    }

    @Test func theListTellsWithoutATickAndTheWholeComparisonFindsWhatIsWrong() async throws {
      try await withScene { scene in
        let desk = scene.desk
        try await desk.withDaemon { _ in
          try await desk.waitUntil("synced")
          scene.bobWrites("unread", push: false)
          let (status, verdict) = try await verdict(desk)
          #expect(status == 0 && verdict.differences.isEmpty, "\(verdict)")
          #expect(verdict.conversations == 1)
          let unread = scene.world.unreadCount(in: scene.conversation, of: scene.alice.id)
          #expect(unread == 1, "nothing was marked read")

          let refused = try await desk.fonana("verify", "--deep", "--no-input")
          #expect(refused.status == 64 && refused.errors.contains("--yes"), "\(refused)")
          let (equal, whole) = try await self.verdict(desk, "--deep", "--yes")
          #expect(equal == 0 && whole.differences.isEmpty && whole.messages == 2, "\(whole)")
        }
      }
    }

    /// The mirror is made wrong while no daemon runs.
    @Test func aMirrorThatWasTamperedWithIsToldInWords() async throws {
      try await withScene { scene in
        let desk = scene.desk
        for number in 1...4 { scene.bobWrites("word \(number)", push: false) }
        try await desk.withDaemon { _ in
          try await desk.waitUntil("synced")
          try await desk.pullAll("@bob")
        }
        let file = desk.store
        let sqlite = Program("/usr/bin/sqlite3", environment: [:])
        let change = try await sqlite.run([
          file,
          "UPDATE message SET content = 'other' WHERE content = 'word 2';"
            + "DELETE FROM message WHERE content = 'word 3';",
        ])
        try #require(change.status == 0, "\(change)")
        try await desk.withDaemon { _ in
          try await desk.waitUntil("connected")
          let (status, verdict) = try await verdict(desk, "@bob", "--deep", "--yes")
          #expect(status == 1)
          #expect(verdict.differences.map(\.kind).sorted() == ["messageNotHere", "text"])
          let told = try await desk.fonana("verify", "@bob", "--deep", "--yes")
          #expect(told.status == 1)
          #expect(told.output.contains("bob: message") && told.output.contains("differs"))
        }
      }
    }
  }
}
