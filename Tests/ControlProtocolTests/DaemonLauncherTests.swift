import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1))) struct DaemonLauncherTests {
  private func launcher(_ environment: [String: String]) throws -> DaemonLauncher {
    DaemonLauncher(try ProfilePaths(environment: environment), environment: environment)
  }

  private func script(_ home: TemporaryHome, _ text: String) throws -> String {
    let path = try home.write("#!/bin/sh\n\(text)\n", to: "daemon.sh")
    chmod(path, 0o755)
    return path
  }

  static let deaths: [(Int32, ErrorCode)] = [
    (78, .badConfiguration), (74, .storeUnwritable), (70, .internalDefect), (77, .refused),
    (1, .daemonUnavailable),
  ]

  @Test(arguments: deaths)
  func deathAtStartIsToldWithItsReason(_ exit: Int32, _ code: ErrorCode) async throws {
    try await withTemporaryHome { home in
      let daemon = try script(
        home, "echo 'error: The moon is full.' >&2; echo 'hint: Wait.' >&2; exit \(exit)")
      let launcher = try launcher(["FONANA_HOME": home.path("h"), "FONANA_DAEMON": daemon])
      let error = #expect(throws: FonanaError.self) { try launcher.client(.automatically) }
      #expect(error?.code == code)
      #expect(error?.message == "The daemon did not start: The moon is full.")
      #expect(error?.hint == "Wait.")
    }
  }

  @Test(arguments: [DaemonLauncher.Start.never, .automatically])
  func nothingIsStartedAgainstTheWill(_ start: DaemonLauncher.Start) async throws {
    try await withTemporaryHome { home in
      let daemon = try script(home, "touch \(home.path("started"))")
      let launcher = try launcher([
        "FONANA_HOME": home.path("h"), "FONANA_DAEMON": daemon, "FONANA_NO_AUTOSTART": "1",
      ])
      let error = #expect(throws: FonanaError.self) { try launcher.client(start) }
      #expect(error?.code == .daemonUnavailable)
      #expect(access(home.path("started"), F_OK) != 0)
    }
  }

  @Test func missingDaemonIsNamed() async throws {
    try await withTemporaryHome { home in
      let launcher = try launcher([
        "FONANA_HOME": home.path("h"), "FONANA_DAEMON": "/nowhere/fonanad",
      ])
      let error = #expect(throws: FonanaError.self) { try launcher.client(.always) }
      #expect(error?.message.contains("/nowhere/fonanad") == true)
      #expect(error?.hint?.contains("FONANA_DAEMON") == true)
    }
  }

  /// A command from cron, su or ssh has another runtime folder, or none.
  @Test func daemonIsFoundThroughItsLock() async throws {
    try await withTemporaryHome { home in
      let environment = ["FONANA_HOME": home.path("h")]
      let paths = try ProfilePaths(environment: environment)
      try paths.prepareFolders()
      let elsewhere = try ScriptedDaemon(
        home.path("other.sock"),
        { connection, framer in
          try connection.greet(&framer)
          let head = try RPC.head(of: try connection.nextLine(&framer))
          try connection.send(
            try RPC.answer(WaitResult(reached: true, state: "here"), to: head.id ?? .number(0)))
        })
      let lock = try LockFile.acquire(
        paths.lock, LockRecord(pid: getpid(), version: "1", socketPath: elsewhere.path))
      let client = try launcher(environment).client(.never)
      #expect(try client.call(Calls.wait, WaitRequest(for: .drained)).state == "here")
      withExtendedLifetime((lock, elsewhere)) {}
    }
  }
}
