import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// Started from fifty shells at once, with what `su`, cron or a desktop leave in the environment.
  @Suite struct ManyDaemonsTests {
    private struct LockRecord: Decodable { let pid: Int32 }

    @Test func fiftyDaemonsAtOnceAreOneForEveryShell() async throws {
      try await withScene(loggedIn: false) { scene in
        let shells = try shells(of: scene.desk)
        var daemons: [RunningProgram] = []
        for number in 0..<50 {
          daemons.append(try shells[number % shells.count].daemon.start([]))
        }
        do {
          try await expectOne(of: daemons, shells)
        } catch {
          for daemon in daemons { daemon.kill() }
          throw error
        }
      }
    }

    /// The same home in each: with a runtime folder, without, with one that is not there, and with
    /// one that belongs to somebody else.
    private func shells(of desk: Desk) throws -> [Desk] {
      let own = desk.home.path("r")
      let foreign = desk.home.path("x")
      for folder in [own, foreign] { mkdir(folder, 0o700) }
      if geteuid() == 0 { chown(foreign, 65_534, 65_534) }
      return [own, nil, desk.home.path("missing"), foreign].map { runtime in
        var shell = desk
        shell.environment["FONANA_HOME"] = nil
        shell.environment["XDG_RUNTIME_DIR"] = runtime
        return shell
      }
    }

    private func expectOne(of daemons: [RunningProgram], _ shells: [Desk]) async throws {
      try await withThrowingTaskGroup(of: (RunningProgram, ProgramExit).self) { group in
        for daemon in daemons { group.addTask { (daemon, try await daemon.waitForExit()) } }
        for _ in 1..<daemons.count {
          guard let (daemon, exit) = try await group.next() else { break }
          let said = try await daemon.errors.wholeText()
          #expect(exit == .code(0), "\(said)")
          #expect(said.contains("already running"), "\(said)")
          #expect(said.contains("hint: “fonana status”"), "\(said)")
        }
        let running = daemons.filter { $0.ended == nil }
        try #require(running.count == 1)
        let ready = try await running[0].errors.nextLine(containing: Desk.readyMark)
        #expect(ready != nil)
        for shell in shells { #expect(try await shell.status().daemon.pid == running[0].pid) }
        #expect(try lockRecord(of: shells[0]).pid == running[0].pid)
        running[0].terminate()
        let last = try await group.next()
        #expect(last?.1 == .code(0))
      }
    }

    private func lockRecord(of desk: Desk) throws -> LockRecord {
      let path = desk.home.path(".local/share/fonana/default/fonanad.lock")
      return try JSONDecoder().decode(
        LockRecord.self, from: Data(contentsOf: URL(filePath: path)))
    }
  }
}
