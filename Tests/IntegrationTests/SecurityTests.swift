import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// Requirements of docs/security.md that only a real process can show.
  @Suite struct SecurityTests {
    @Test func nothingIsForOthersWhateverTheMask() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        let shell = Program("bash", environment: desk.environment)
        try await shell.withRunning(["-c", "umask 000; exec \(desk.daemon.path)"]) { daemon in
          let line = try await daemon.errors.nextLine(containing: Desk.readyMark)
          try #require(line != nil, "\(daemon.errors.text)")
          try await desk.login(scene.alice.wallet)
          let sent = try await desk.fonana("send", "@bob", "Hello", "--wait")
          #expect(sent.status == 0, "\(sent)")
          let find = Program("find", environment: desk.environment)
          let all = try await find.run([desk.home.path("f")])
          #expect(all.output.contains("fonana.sqlite-wal") && all.output.contains("fonanad.sock"))
          let open = try await find.run([desk.home.path("f"), "-perm", "/077"])
          #expect(open.output.isEmpty, "\(open)")
        }
      }
    }

    @Test func theDaemonConnectsToItsServerOnly() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        let trace = desk.home.path("trace")
        let strace = Program("strace", environment: desk.environment)
        let options = ["-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", trace]
        try await strace.withRunning(options + [desk.daemon.path]) { running in
          let line = try await running.errors.nextLine(containing: Desk.readyMark)
          try #require(line != nil, "\(running.errors.text)")
          try await desk.login(scene.alice.wallet)
          try await desk.waitUntil("connected")
          let sent = try await desk.fonana("send", "@bob", "Hello", "--wait")
          #expect(sent.status == 0, "\(sent)")
          #expect(try await desk.fonana("read", "@bob").status == 0)
          #expect(try await desk.fonana("daemon", "stop").status == 0)
          #expect(try await running.waitForExit() == .code(0))
        }
        let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        let places = lines.filter { $0.contains("AF_INET") && !$0.contains("AF_UNIX") }
        #expect(!places.isEmpty)
        let ours = [scene.server.httpPort, scene.server.webSocketPort].map { "htons(\($0))" }
        for place in places {
          #expect(
            place.contains("127.0.0.1") && ours.contains { place.contains($0) }, "\(place)")
        }
      }
    }

    @Test(.enabled(if: geteuid() == 0, "another user's process can only be started by root"))
    func theDaemonLeavesNoCoreAndCantBeTraced() async throws {
      try await withScene(loggedIn: false) { scene in
        try await scene.desk.withDaemonOfNobody { daemon, nobody in
          let limits = try String(contentsOfFile: "/proc/\(daemon.pid)/limits", encoding: .utf8)
          let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
          #expect(core?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
          // What can't be dumped belongs to root there, whoever runs it.
          var owner = stat()
          #expect(stat("/proc/\(daemon.pid)/mem", &owner) == 0 && owner.st_uid == 0)
          let reader = try await nobody.run("head", "-c", "1", "/proc/\(daemon.pid)/mem")
          #expect(reader.status != 0 && reader.errors.contains("Permission denied"), "\(reader)")
        }
      }
    }
  }
}
