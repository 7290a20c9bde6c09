import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  @Suite struct ForgetTests {
    private struct Document: Decodable {
      let messages: Int
      let before: String?
    }

    /// The log is among the files; so are the daemon's own folders.
    @Test func aForgottenConversationIsInNoFileAndStaysAway() async throws {
      try await withScene { scene in
        scene.bobWrites("canary-51c9 of yesterday")
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          #expect(read.messages.count == 2)
          #expect(!(try filesHolding("canary-51c9", under: scene.desk.home)).isEmpty)

          let unasked = try await scene.desk.fonana("forget", "@bob")
          #expect(unasked.status == 64 && unasked.errors.contains("--yes"), "\(unasked)")
          let done = try await scene.desk.json(Document.self, "forget", "@bob", "--yes")
          #expect(done.messages == 2 && done.before != nil)
          #expect(try filesHolding("canary-51c9", under: scene.desk.home) == [])
          let after = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--all")
          #expect(after.messages.isEmpty)
        }
        // Another daemon lists, gets notifications and pulls anew.
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          scene.bobWrites("Something new")
          try await scene.world.wait(for: scene.desk, toShow: 1)
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--all")
          #expect(read.messages.map(\.content) == ["Something new"])
          #expect(try filesHolding("canary-51c9", under: scene.desk.home) == [])
        }
      }
    }

    private func filesHolding(_ text: String, under home: TemporaryHome) throws -> [String] {
      let files = FileManager.default
      return try files.subpathsOfDirectory(atPath: home.path).filter { name in
        var isFolder = false
        guard files.fileExists(atPath: home.path(name), isDirectory: &isFolder), !isFolder,
          let data = files.contents(atPath: home.path(name))
        else { return false }
        return String(decoding: data, as: UTF8.self).contains(text)
      }
    }
  }
}
