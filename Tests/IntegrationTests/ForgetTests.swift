import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Glibc
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
          let future = try await scene.desk.fonana("forget", "--before", "2099-01-01", "--yes")
          #expect(future.status == 64 && future.errors.contains("still to come"), "\(future)")
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

    /// At the first moment at which the rows are gone and the log still holds them.
    @Test(
      .enabled(if: Strace.isThere, "strace comes with \"make deps\""),
      arguments: [
        ["forget", "@bob", "--yes"], ["forget", "--before", "0s", "--yes"],
        ["logout", "--purge", "--yes"],
      ])
    func whatAKilledDaemonHasLeftGoesAtItsNextStart(_ words: [String]) async throws {
      try await withScene { scene in
        let desk = scene.desk
        scene.bobWrites("canary-51c9 of yesterday")
        let kill = Strace.arguments(
          tracing: ["ftruncate"], Injection(call: "ftruncate", effect: .kill, number: 1),
          report: desk.home.path("strace.txt"),
          program: ["-P", desk.store + "-wal", desk.daemon.path])
        try await Program(Strace.path, environment: desk.environment).withRunning(kill) { daemon in
          _ = try await daemon.errors.nextLine(containing: Desk.readyMark)
          try await desk.waitUntil("synced")
          _ = try await desk.json(ReadDocument.self, "read", "@bob")
          let cut = try await desk.run(words)
          #expect(cut.status != 0, "\(cut)")
          let exit = try await daemon.waitForExit()
          #expect(exit == .signal(SIGKILL))
        }
        #expect(!(try filesHolding("canary-51c9", under: desk.home)).isEmpty)
        try await desk.withDaemon { _ in
          _ = try await desk.status()
          #expect(try filesHolding("canary-51c9", under: desk.home) == [])
          guard words[0] == "forget" else { return }
          let again = try await desk.run(words)
          #expect(again.status == 0 && again.output.contains("No such message"), "\(again)")
          try await desk.waitUntil("synced")
          #expect(try filesHolding("canary-51c9", under: desk.home) == [])
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
