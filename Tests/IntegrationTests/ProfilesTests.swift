import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// Two accounts on one machine, and a third profile that is broken.
  @Suite struct ProfilesTests {
    private struct Listing: Decodable {
      struct Profile: Decodable {
        var name: String
        var running: Bool
        var nickname: String?
      }
      var profiles: [Profile]
    }

    private struct Inboxes: Decodable {
      struct Part: Decodable {
        struct Inbox: Decodable { var unread: Int }
        struct Failure: Decodable { var code: String }
        var profile: String
        var result: Inbox?
        var error: Failure?
      }
      var profiles: [Part]
    }

    private struct Statuses: Decodable {
      struct Part: Decodable {
        struct Status: Decodable {
          struct Connection: Decodable { var state: String }
          var connection: Connection
        }
        struct Failure: Decodable { var code: String }
        var profile: String
        var result: Status?
        var error: Failure?
      }
      var profiles: [Part]
    }

    private func withWork(
      _ scene: Scene, _ body: (RunningProgram) async throws -> Void
    ) async throws {
      try await scene.desk.withDaemon(["--profile", "work"]) { daemon in
        let login = try await scene.desk.fonana(
          "login", "--wallet", scene.bob.wallet, "--no-input", "--profile", "work")
        try #require(login.status == 0, "\(login)")
        try await body(daemon)
      }
    }

    @Test func aBrokenProfileStopsNoOther() async throws {
      try await withScene { scene in
        let desk = scene.desk
        try await desk.withDaemon { _ in
          try await withWork(scene) { _ in
            try desk.home.write("not a folder", to: "f/data/broken/fonana.sqlite/x")
            try await desk.waitUntil("connected")
            let wait = try await desk.fonana(
              "wait", "--for", "connected", "--timeout", "20s", "--profile", "work")
            try #require(wait.status == 0)

            let listed = try await desk.json(Listing.self, "profiles").profiles
            #expect(listed.map(\.name) == ["broken", "default", "work"])
            #expect(listed.map(\.running) == [false, true, true])
            #expect(listed.map(\.nickname) == [nil, "alice", "bob"])

            let watch = try desk.command.start(["watch", "--all-profiles", "--json"])
            for _ in 0..<2 { _ = try await watch.output.nextLine(containing: "ready") }
            scene.bobWrites("to alice", push: true)
            let line = try await watch.output.nextLine(containing: #""content":"to alice""#)
            #expect(
              line?.contains(#""profile":"default""#) == true
                || line?.contains(#""profile":"work""#) == true)
            #expect(try await watch.errors.nextLine(containing: "broken") != nil)
            watch.kill()
            _ = try await watch.waitForExit()

            let inboxes = try await desk.fonana("inbox", "--all-profiles", "--json")
            #expect(inboxes.status == 1)
            let parts = try JSONDecoder().decode(
              Inboxes.self, from: Data(inboxes.output.utf8)
            ).profiles
            #expect(parts.map(\.profile) == ["broken", "default", "work"])
            #expect(parts.map(\.error?.code) == ["daemon_unavailable", nil, nil])
            #expect(parts.dropFirst().allSatisfy { $0.result != nil })
          }
        }
      }
    }

    /// One that cannot start, and one that is there and says nothing.
    @Test func aHangingProfileHoldsUpNoOthersStatus() async throws {
      try await withScene { scene in
        let desk = scene.desk
        try await desk.withDaemon { _ in
          try await withWork(scene) { work in
            try desk.home.write("not a folder", to: "f/data/broken/fonana.sqlite/x")
            try await desk.waitUntil("connected")
            work.send(SIGSTOP)
            defer { work.send(SIGCONT) }
            let all = try await desk.fonana("status", "--all-profiles", "--json")
            #expect(all.status == 1)
            let parts = try JSONDecoder().decode(Statuses.self, from: Data(all.output.utf8))
              .profiles
            #expect(parts.map(\.profile) == ["broken", "default", "work"])
            #expect(parts.map { $0.error != nil } == [true, false, true])
            #expect(parts[1].result?.connection.state == "connected")
          }
        }
      }
    }
  }
}
