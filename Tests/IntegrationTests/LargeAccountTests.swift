import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// A long history, a huge message and many conversations: memory stays bounded, a backfill that
  /// was killed goes on where it was, and an export takes no more for more messages.
  @Suite(.timeLimit(.minutes(20))) struct LargeAccountTests {
    private static let messages = 100_000, conversations = 5_000, page = 500
    private static let huge = String(repeating: "huge ", count: 200_000)
    private static let filler = String(repeating: "and more ", count: 40)
    /// In KiB: of the daemon all in all, and of an export's data.
    private static let daemonLimit = 128 << 10, exportLimit = 48 << 10

    @Test func aLargeAccountIsMirroredInBoundedMemoryAndGoesOnAfterAKill() async throws {
      try await withScene { scene in
        try fill(scene)
        try await scene.desk.withDaemon(["--pace", "off"]) { daemon in
          try await scene.world.wait { Self.fetched($0) >= Self.conversations }
          try await scene.desk.kill(daemon)
        }
        try await scene.desk.withDaemon(["--pace", "off"]) { daemon in
          try await scene.desk.waitUntil("synced", timeout: "15m")
          let sync = try await scene.desk.status().sync
          // The greeting of the scene, and the huge one.
          #expect(sync.messages == Self.messages + Self.conversations + 2)
          #expect(sync.gaps == 0)
          #expect(try peak(of: daemon.pid) < Self.daemonLimit)
          try await export(scene)
        }
        let needed = Self.conversations + Self.messages / Self.page
        let fetched = scene.world.read(Self.fetched)
        #expect(fetched < needed + needed / 20, "\(fetched) pages instead of \(needed)")
      }
    }

    private static func fetched(_ state: WorldState) -> Int {
      state.counters.requests["GET /api/conversations/:id/messages"] ?? 0
    }

    private func fill(_ scene: Scene) throws {
      let (world, alice) = (scene.world, scene.alice.id)
      let start: Int64 = 1_795_000_000_000
      for number in 0..<Self.conversations {
        let user = world.makeUser(nickname: "w\(number)")
        let talk = world.makeConversation(user.id, alice)
        world.fill(talk, count: 1, isRead: true) { _ in
          (user.id, MessageDraft("Hello from \(number)"), start + Int64(number))
        }
      }
      let friend = world.makeUser(nickname: "friend").id
      let talk = world.makeConversation(friend, alice)
      world.fill(talk, count: Self.messages + 1, isRead: true) { index in
        let text = index == Self.messages / 2 ? Self.huge : "text \(index) " + Self.filler
        return (index % 3 == 0 ? alice : friend, MessageDraft(text), start + Int64(index) * 1_000)
      }
    }

    /// What it has taken at its fullest, in KiB.
    private func peak(of pid: Int32) throws -> Int {
      let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      return try #require(Int(line.split(separator: " ").dropFirst().first ?? ""))
    }

    private func export(_ scene: Scene) async throws {
      let file = scene.desk.home.path("all.jsonl")
      let limited = Program("/usr/bin/prlimit", environment: scene.desk.environment)
      let done = try await limited.run(
        ["--data=\(Self.exportLimit << 10)", scene.desk.command.path, "export", "-o", file],
        limit: .seconds(600))
      #expect(done.status == 0, "\(done)")
      var facts = stat()
      #expect(stat(file, &facts) == 0 && facts.st_size > Self.exportLimit << 10)
    }
  }
}
