import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// What can be at the socket's place, before the daemon starts and while it runs.
  @Suite struct SocketPlaceTests {
    private static let socket = "f/run/default/fonanad.sock"

    @Test func socketOfAKilledDaemonIsReplaced() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        try await desk.withDaemon { running in try await desk.kill(running) }
        var left = stat()
        #expect(lstat(desk.home.path(Self.socket), &left) == 0)
        #expect(left.st_mode & S_IFMT == S_IFSOCK)
        try await desk.withDaemon { running in
          let status = try await desk.status()
          #expect(status.daemon.pid == running.pid)
        }
      }
    }

    @Test(arguments: ["link", "file", "foreign socket"])
    func whatIsNotOursIsLeftAloneAndRefused(kind: String) async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        let path = desk.home.path(Self.socket)
        try await put(kind, at: path, desk)
        var before = stat()
        #expect(lstat(path, &before) == 0)

        let daemon = try await desk.daemon.run([])
        #expect(daemon.status == 78, "\(daemon)")
        #expect(daemon.errors.contains("something else is in its place"), "\(daemon)")
        #expect(daemon.errors.contains("hint: "), "\(daemon)")
        var after = stat()
        #expect(lstat(path, &after) == 0 && after.st_ino == before.st_ino)
      }
    }

    private func put(_ kind: String, at path: String, _ desk: Desk) async throws {
      if kind == "foreign socket" {
        try await desk.withDaemon { running in try await desk.kill(running) }
        try #require(lchown(path, 65_534, 65_534) == 0 || geteuid() != 0)
        if geteuid() != 0 { try replace(path, desk) }
      } else {
        try replace(path, desk)
        guard kind == "link" else { return }
        unlink(path)
        symlink(desk.home.path("elsewhere"), path)
      }
    }

    /// Without root no socket can be somebody else's: a file stands for it.
    private func replace(_ path: String, _ desk: Desk) throws {
      unlink(path)
      try desk.home.write("precious", to: Self.socket)
    }

    /// Some systems clean runtime folders while programs run.
    @Test func runtimeFolderThatWasRemovedIsMadeAgain() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        try await desk.withDaemon(["--time-scale", "50"]) { running in
          // Stopped, it can't have made it again before the command looks.
          running.send(SIGSTOP)
          try FileManager.default.removeItem(atPath: desk.home.path("f/run"))
          let unreachable = try await desk.fonana("status")
          running.send(SIGCONT)
          #expect(unreachable.status == 69, "\(unreachable)")
          let line = try await running.errors.nextLine(containing: "has been made again")
          #expect(line != nil)
          #expect(try await desk.status().daemon.pid == running.pid)
        }
      }
    }

    @Test func aDaemonToldToEndDuringASendLeavesItForTheNextOne() async throws {
      try await withScene { scene in
        let fault = Fault("POST /api/conversations/:id/messages", .hang, when: .afterCommit)
        scene.server.faults.add(fault)
        let desk = scene.desk
        try await desk.withDaemon(["--time-scale", "50"]) { _ in
          let sent = try await desk.fonana("send", "@bob", "while ending", "--no-wait")
          #expect(sent.status == 0, "\(sent)")
          try await scene.aliceHasSent(1)
          // The end of `withDaemon` is SIGTERM, and expects exit 0.
        }
        #expect(scene.server.world.read { $0.counters.faultsFired } == 1)
        scene.server.faults.removeAll()
        try await desk.withDaemon(["--time-scale", "50"]) { _ in
          try await desk.waitUntil("drained")
          #expect(scene.textsFromAlice == ["while ending"])
        }
      }
    }
  }
}
