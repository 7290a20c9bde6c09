import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// The daemon as a service: of systemd, and of a container.
  @Suite struct ServiceTests {
    private static let socket = "f/run/default/fonanad.sock"
    private static let isRoot = geteuid() == 0

    @Test func readinessIsToldWhenTheSocketServesAndTheWatchdogIsFed() async throws {
      try await withScene { scene in
        var desk = scene.desk
        let inbox = try ServiceManagerInbox(desk.home.path("notify"))
        desk.environment["NOTIFY_SOCKET"] = inbox.path
        desk.environment["WATCHDOG_USEC"] = "300000"
        try await desk.daemon.withRunning([]) { running in
          #expect(inbox.hears("READY=1"))
          let answer = try UnixClient.ask(
            desk.home.path(Self.socket), #"{"jsonrpc":"2.0","id":1,"method":"status.get"}"# + "\n")
          #expect(answer.contains("result"), "\(answer)")
          #expect(inbox.hears("STATUS=connected, nothing waits to be sent"))
          #expect(inbox.hears("WATCHDOG=1"))
          running.terminate()
          #expect(inbox.hears("STOPPING=1"))
          #expect(try await running.exit(within: .seconds(60)) == .code(0))
        }
        #expect(inbox.told.allSatisfy { !$0.contains("alice") && !$0.contains(scene.alice.wallet) })
      }
    }

    @Test func socketOfTheServiceManagerIsServedAndOutlivesTheDaemon() async throws {
      try await withScene { scene in
        let desk = scene.desk
        let path = desk.home.path(Self.socket)
        let starter = Program("systemd-socket-activate", environment: desk.environment)
        let passed = desk.environment.flatMap { ["-E", "\($0.key)=\($0.value)"] }
        try await starter.withRunning(["-l", path] + passed + [desk.daemon.path]) { running in
          let listens = try await running.errors.nextLine(containing: "Listening on")
          try #require(listens != nil, "\(running.errors.text)")
          var made = stat()
          #expect(lstat(path, &made) == 0)
          // The first of them starts the daemon.
          #expect(try await desk.status().daemon.pid == running.pid)
          try await desk.waitUntil("connected")

          let stop = try await desk.fonana("daemon", "stop")
          #expect(stop.status == 0, "\(stop)")
          #expect(try await running.waitForExit() == .code(0))
          var left = stat()
          #expect(lstat(path, &left) == 0 && left.st_ino == made.st_ino)
          // Nobody is asked where nobody runs: that would start it again.
          let again = try await desk.fonana("daemon", "stop")
          #expect(again.output.contains("not running"), "\(again)")
        }
      }
    }

    @Test func aVariableThatIsInTheWayOfTheServiceIsNamed() async throws {
      try await withScene(loggedIn: false) { scene in
        var desk = scene.desk
        let home = try await desk.fonana("daemon", "enable")
        #expect(home.status == 64 && home.errors.contains("FONANA_HOME is set"), "\(home)")
        desk.environment["FONANA_HOME"] = nil
        let daemon = try await desk.fonana("daemon", "enable")
        #expect(daemon.errors.contains("FONANA_DAEMON is set"), "\(daemon)")
        desk.environment["FONANA_DAEMON"] = ""
        let none = try await desk.fonana("daemon", "enable")
        #expect(none.status == 69 && none.errors.contains("no systemd of this user"), "\(none)")
      }
    }

    @Test func unitsSatisfySystemd() async throws {
      try await withTemporaryHome { home in
        let units = "\(Products.repository)/contrib/systemd"
        let copy = home.path("units")
        let environment = [
          "PATH": "/usr/bin:/bin", "HOME": home.path, "XDG_RUNTIME_DIR": home.path,
        ]
        let shell = Program("bash", environment: environment)
        // The program has to be where the unit says.
        let prepared = try await shell.run([
          "-c",
          "cp -r \(units) \(copy) && sed -i 's,/usr/bin/fonanad,/bin/true,' \(copy)/*.service",
        ])
        #expect(prepared.status == 0, "\(prepared)")
        let analyze = Program("systemd-analyze", environment: environment)
        let verified = try await analyze.run(
          ["--user", "--man=no", "verify", "\(copy)/fonanad.service", "\(copy)/fonanad.socket"])
        #expect(verified.status == 0, "\(verified)")
        #expect(!verified.errors.contains(copy), "\(verified)")
        // With the strict drop-in, which lies beside it; ten times the value that is shown.
        let rated = try await analyze.run(
          ["--offline=true", "--threshold=25", "security", "\(copy)/fonanad.service"])
        #expect(rated.status == 0, "\(rated.output.suffix(200)) \(rated.errors)")
      }
    }

    @Test(.enabled(if: isRoot, "a systemd user manager of its own needs root"))
    func serviceLivesUnderSystemd() async throws {
      try await withScene(loggedIn: false) { scene in
        let result = try await bash(
          scene, "scripts/with-user-manager.sh scripts/try-service.sh", wallet: scene.alice.wallet)
        if result.status == 77 {
          try Test.cancel("no systemd user manager can be started here")
        }
        #expect(result.status == 0, "\(result)")
        #expect(scene.textsFromAlice == ["From a narrow place."])
      }
    }

    @Test(.enabled(if: isRoot, "namespaces need root"))
    func firstProcessOfAContainerServesAndCollectsOrphans() async throws {
      try await withScene(loggedIn: false) { scene in
        let volume = scene.desk.home.path("volume")
        mkdir(volume, 0o700)
        let result = try await bash(
          scene, "scripts/try-container.sh \(volume)", wallet: scene.alice.wallet)
        #expect(result.status == 0, "\(result)")
        #expect(result.output.contains("no zombie is left"))
      }
    }

    /// A script of the repository, with server, WebSocket and wallet as its last arguments.
    private func bash(_ scene: Scene, _ script: String, wallet: String) async throws
      -> ProgramResult
    {
      let server = "http://127.0.0.1:\(scene.server.httpPort)"
      let socket = "ws://127.0.0.1:\(scene.server.webSocketPort)/ws"
      let shell = Program(
        "bash",
        environment: [
          "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": scene.desk.home.path,
          "FONANA_BIN": Products.folder, "LANG": "C.UTF-8",
        ])
      return try await shell.run(
        ["-c", "cd \(Products.repository) && \(script) \(server) \(socket) \(wallet)"],
        limit: .seconds(120))
    }
  }
}
