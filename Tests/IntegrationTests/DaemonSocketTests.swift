import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// One daemon for one person, found from everywhere.
  @Suite struct DaemonSocketTests {
    @Test func socketPathThatIsTooLongIsSaidInWords() async throws {
      try await withScene(loggedIn: false) { scene in
        var desk = scene.desk
        desk.environment["FONANA_HOME"] =
          scene.desk.home.path(String(repeating: "long", count: 30))
        let daemon = try await desk.daemon.run([])
        #expect(daemon.status == 78, "\(daemon)")
        #expect(daemon.errors.contains("error: "))
        #expect(daemon.errors.contains("hint: "))
        desk.environment["FONANA_NO_AUTOSTART"] = nil
        let command = try await desk.fonana("inbox")
        #expect(command.status == 78, "\(command)")
        #expect(command.errors.contains("hint: "))
      }
    }

    @Test func shellWithoutARuntimeFolderFindsTheSameDaemon() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = try withoutFonanaHome(scene.desk)
        var bare = desk
        bare.environment["XDG_RUNTIME_DIR"] = nil
        try await desk.withDaemon { running in
          let status = try await bare.status()
          #expect(status.daemon.pid == running.pid)

          let second = try await bare.daemon.run([])
          #expect(second.status == 0, "\(second)")
          #expect(second.errors.contains("\(running.pid)"))
          #expect(running.ended == nil)
          #expect(try await desk.status().daemon.pid == running.pid)
        }
      }
    }

    @Test func manyCommandsAtOnceStartOneDaemon() async throws {
      try await withScene { scene in
        var desk = scene.desk
        desk.environment["FONANA_NO_AUTOSTART"] = nil
        let pids = try await withThrowingTaskGroup(of: Int32.self) { [desk] group in
          for _ in 0..<8 { group.addTask { try await desk.status().daemon.pid } }
          return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
        }
        #expect(pids.count == 1)
        let stop = try await desk.fonana("daemon", "stop")
        #expect(stop.status == 0, "\(stop)")
      }
    }

    @Test(.enabled(if: geteuid() == 0, "another user's process can only be started by root"))
    func anotherUsersConnectionIsRefused() async throws {
      try await withScene(loggedIn: false) { scene in
        try await scene.desk.withDaemonOfNobody { daemon, nobody in
          let own = try await nobody.run(scene.desk.command.path, "status", "--json")
          #expect(own.status == 0, "\(own)")

          // Root may open the socket whatever its rights; the daemon looks at who comes.
          let answer = try UnixClient.ask(
            scene.desk.home.path("f/run/default/fonanad.sock"),
            #"{"jsonrpc":"2.0","id":1,"method":"status.get"}"# + "\n")
          #expect(!answer.contains("result"), "\(answer)")

          let foreign = try await scene.desk.fonana("status")
          #expect(foreign.status == 77, "\(foreign)")
          #expect(foreign.errors.contains("hint: "))
          #expect(daemon.ended == nil)
        }
      }
    }

    /// With rights for all, at the socket and on the way to it, only the daemon's look is left.
    @Test(.enabled(if: geteuid() == 0, "another user's process can only be started by root"))
    func anotherUserIsRefusedAtASocketThatIsOpenToAll() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        try await desk.withDaemon { daemon in
          let socket = desk.home.path("f/run/default/fonanad.sock")
          for folder in ["", "/f", "/f/run", "/f/run/default"] {
            try #require(chmod(desk.home.path + folder, 0o711) == 0)
          }
          try #require(chmod(socket, 0o777) == 0)
          let script = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); print("connected")
            try:
              s.sendall(b'{"jsonrpc":"2.0","id":1,"method":"status.get"}\\n'); print(s.recv(65536))
            except OSError as error: print(error)
            """
          func ask(_ user: Int) async throws -> ProgramResult {
            try await OtherUser(user, desk.environment).run(
              "/usr/bin/python3", "-c", script, socket)
          }
          let foreign = try await ask(OtherUser.nobody)
          #expect(foreign.status == 0 && foreign.output.contains("connected"), "\(foreign)")
          #expect(!foreign.output.contains("result"), "\(foreign)")
          let own = try await ask(0)
          #expect(own.output.contains("result"), "\(own)")
          #expect(daemon.ended == nil)
        }
      }
    }

    /// The same home, found through the folders of the XDG specification.
    private func withoutFonanaHome(_ desk: Desk) throws -> Desk {
      var desk = desk
      let runtime = desk.home.path("r")
      mkdir(runtime, 0o700)
      desk.environment["FONANA_HOME"] = nil
      desk.environment["XDG_RUNTIME_DIR"] = runtime
      return desk
    }
  }
}
