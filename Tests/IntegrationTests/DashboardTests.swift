import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// The diagnostics page in a real Chromium, driven by `Tests/Browser/check_dashboard.py`, which
  /// says what it checks.
  @Suite struct DashboardTests {
    private static let script = "\(Products.repository)/Tests/Browser/check_dashboard.py"

    @Test func thePageShowsAndDoesWhatItSays() async throws {
      try await withScene { scene in
        let port = try BlackHole().port  // one that is free now
        try scene.desk.home.write("[dashboard]\nport = \(port)\n", to: "f/config.toml")
        try await scene.desk.withDaemon(["--time-scale", "10"]) { _ in
          try await scene.isConnected()
          // So that the day has something to show.
          scene.server.sockets.closeAll(code: 1011, reason: "restart")
          try await scene.world.wait { $0.counters.socketsWithToken >= 2 }
          try await scene.desk.waitUntil("connected")
          try await Self.look(scene.desk, port)
        }
      }
    }

    /// The browser gets the address from "xdg-open"; over SSH there is none, and it is printed.
    @Test func theAddressGoesToTheDesktopOrToTheTerminal() async throws {
      try await withScene { scene in
        var desk = scene.desk
        let pipe = desk.home.path("opened")
        #expect(mkfifo(pipe, 0o600) == 0)
        let opener = try desk.home.write("#!/bin/sh\necho \"$1\" > \(pipe)\n", to: "bin/xdg-open")
        chmod(opener, 0o700)
        desk.environment["PATH"] = desk.home.path("bin") + ":/usr/bin:/bin"
        desk.environment["DISPLAY"] = ":0"
        try await desk.withDaemon { _ in
          let said = try await desk.fonana("dashboard")
          #expect(said.status == 0 && !said.output.contains("key="), "\(said)")
          let opened = try await Program("/bin/cat").run([pipe])
          #expect(opened.output.hasPrefix("http://127.0.0.1:"), "\(opened)")
          #expect(try await desk.fonana("dashboard", "--no-open").output.contains("/?key="))
          desk.environment["SSH_CONNECTION"] = "198.51.100.4 50000 192.0.2.7 22"
          let remote = try await desk.fonana("dashboard").output
          #expect(remote.contains("@192.0.2.7\n") || remote.contains(" 192.0.2.7\n"), "\(remote)")
          #expect(remote.contains("ssh -N -L ") && remote.contains("/?key="), "\(remote)")
        }
      }
    }

    private static func look(_ desk: Desk, _ port: Int) async throws {
      let python = Program("/usr/bin/env", environment: desk.environment)
      let home = desk.environment["FONANA_HOME"] ?? ""
      let result = try await python.run(
        ["python3", "-B", script, desk.command.path, home, "\(port)"],
        limit: .seconds(580))
      let lines = result.output.split(separator: "\n")
      for line in lines where line.hasPrefix("not ok") { Issue.record("\(line)") }
      #expect(result.status == 0 && lines.contains { $0.hasPrefix("ok") }, "\(result)")
    }
  }
}
