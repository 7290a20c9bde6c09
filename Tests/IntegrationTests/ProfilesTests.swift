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
              "wait", "--for", "connected", "--timeout", "60s", "--profile", "work")
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

    @Test func aMistypedProfileIsNotMade() async throws {
      try await withScene { scene in
        var desk = scene.desk
        desk.environment["FONANA_NO_AUTOSTART"] = nil
        for command in ["inbox", "whoami", "outbox"] {
          let answer = try await desk.fonana(command, "--profile", "wrok")
          #expect(answer.status == 77, "\(answer)")
          #expect(answer.errors.split(separator: "\n").count == 3, "\(answer)")
        }
        #expect(try await desk.fonana("read", "bob", "--profile", "wrok").status == 77)
        #expect(try await desk.fonana("search", "x", "--profile", "wrok").status == 77)
        let profiles = try await desk.json(Listing.self, "profiles").profiles
        #expect(profiles.map(\.name) == ["default"])
        let login = try await desk.fonana(
          "login", "--wallet", scene.bob.wallet, "--no-input", "--profile", "work")
        #expect(login.status == 0, "\(login)")
        let stop = try await desk.fonana("daemon", "stop", "--profile", "work")
        #expect(stop.status == 0, "\(stop)")
      }
    }

    @Test func aProfileWithoutAnAccountSpoilsNoInbox() async throws {
      try await withScene { scene in
        let desk = scene.desk
        try await desk.withDaemon { _ in
          try await desk.withDaemon(["--profile", "empty"]) { _ in
            let listed = try await desk.json(Listing.self, "profiles").profiles
            #expect(listed.map(\.name) == ["default", "empty"])
            let inboxes = try await desk.json(Inboxes.self, "inbox", "--all-profiles").profiles
            #expect(inboxes.map(\.profile) == ["default"])
            let alone = try await desk.fonana("inbox", "--profile", "empty")
            #expect(alone.status == 77, "\(alone)")
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
