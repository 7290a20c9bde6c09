import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// Servers at IPv6 addresses. For a name with two addresses the daemon gets a hosts file of its own,
  /// which takes root. (The system's resolver gives `::1` in that file 127.0.0.1 as well.)
  @Suite(.enabled(if: getuid() == 0 && access("/proc/net/if_inet6", R_OK) == 0, "root and IPv6"))
  struct AddressFamilyTests {
    @Test func aServerWithIPv6OnlyIsReached() async throws {
      try await withScene(loggedIn: false) { scene in
        let http = try IPv6Place(leadingTo: scene.server.httpPort)
        let socket = try IPv6Place(leadingTo: scene.server.webSocketPort)
        defer { withExtendedLifetime((http, socket)) {} }
        let report = try await connect(scene, to: "[::1]", http.port, socket.port, hosts: "")
        #expect(report["dns"]?.detail == "IPv4 none; IPv6 ::1")
        #expect(report.ok && report["tcp"]?.status == "ok", "\(report)")
      }
    }

    @Test func aDeadIPv6AddressBesideALiveOneHoldsNothingUp() async throws {
      try await withScene(loggedIn: false) { scene in
        let (http, socket) = (scene.server.httpPort, scene.server.webSocketPort)
        let dead = [try IPv6Place(deadOn: http), try IPv6Place(deadOn: socket)]
        defer { withExtendedLifetime(dead) {} }
        let report = try await connect(
          scene, to: "localhost", http, socket, hosts: "::1 localhost\n127.0.0.1 localhost\n")
        #expect(report.ok && report["websocket"]?.status == "ok", "\(report)")
        #expect(report["tcp"]?.status == "warn" && report["tcp"]?.hint != nil)
        #expect(report["tcp"]?.detail.contains("[::1]:\(http)") == true, "\(report)")
      }
    }

    /// Logs in, waits for the WebSocket, and lets the doctor look.
    private func connect(
      _ scene: Scene, to host: String, _ http: Int, _ socket: Int, hosts: String
    ) async throws -> DoctorDocument {
      let file = try scene.desk.home.write(hosts, to: "hosts")
      let desk = Desk(
        scene.desk.home, server: "http://\(host):\(http)",
        webSocket: "ws://\(host):\(socket)/ws")
      return try await withDaemon(at: desk, hosts: file) {
        let start = ContinuousClock.now
        try await desk.login(scene.alice.wallet)
        try await desk.waitUntil("connected")
        let time = start.duration(to: .now)
        print("measured: logged in and connected after \(time) (aim: 1 s)")
        // One address after the other would take ten seconds for each of two connections.
        #expect(time < .seconds(20))
        return try await desk.json(DoctorDocument.self, "doctor")
      }
    }

    private func withDaemon(
      at desk: Desk, hosts: String, _ body: () async throws -> DoctorDocument
    ) async throws -> DoctorDocument {
      let script = "mount --bind '\(hosts)' /etc/hosts && exec \"$FONANA_DAEMON\""
      return try await Program("/usr/bin/unshare", environment: desk.environment).withRunning(
        ["--mount", "--propagation", "private", "sh", "-c", script]
      ) { daemon in
        let ready = try await daemon.errors.nextLine(containing: Desk.readyMark)
        try #require(ready != nil, "\(daemon.errors.text)")
        let report = try await body()
        daemon.terminate()
        #expect(try await daemon.exit(within: .seconds(60)) == .code(0))
        return report
      }
    }
  }
}
