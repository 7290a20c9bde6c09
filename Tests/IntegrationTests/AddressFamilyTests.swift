import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// A name with an IPv6 address, alone or beside one of IPv4. The daemon gets a hosts file of its
  /// own, which takes root.
  @Suite(.enabled(if: getuid() == 0 && access("/proc/net/if_inet6", R_OK) == 0, "root and IPv6"))
  struct AddressFamilyTests {
    @Test func aServerWithIPv6OnlyIsReached() async throws {
      try await withScene(loggedIn: false) { scene in
        let http = try IPv6Place(leadingTo: scene.server.httpPort)
        let socket = try IPv6Place(leadingTo: scene.server.webSocketPort)
        try await connect(scene, "::1 localhost\n", http.port, socket.port)
        withExtendedLifetime((http, socket)) {}
      }
    }

    /// Without the other address in time, the login fails by its limit of ten seconds.
    @Test func aDeadIPv6AddressBesideALiveOneHoldsNothingUp() async throws {
      try await withScene(loggedIn: false) { scene in
        let (http, socket) = (scene.server.httpPort, scene.server.webSocketPort)
        let dead = [try IPv6Place(deadOn: http), try IPv6Place(deadOn: socket)]
        try await connect(scene, "::1 localhost\n127.0.0.1 localhost\n", http, socket)
        withExtendedLifetime(dead) {}
      }
    }

    /// Logs in and waits for the WebSocket.
    private func connect(
      _ scene: Scene, _ hosts: String, _ http: Int, _ socket: Int
    ) async throws {
      let file = try scene.desk.home.write(hosts, to: "hosts")
      let desk = Desk(
        scene.desk.home, server: "http://localhost:\(http)",
        webSocket: "ws://localhost:\(socket)/ws")
      let script = "mount --bind '\(file)' /etc/hosts && exec \"$FONANA_DAEMON\""
      try await Program("/usr/bin/unshare", environment: desk.environment).withRunning(
        ["--mount", "--propagation", "private", "sh", "-c", script]
      ) { daemon in
        let ready = try await daemon.errors.nextLine(containing: Desk.readyMark)
        try #require(ready != nil, "\(daemon.errors.text)")
        let start = ContinuousClock.now
        try await desk.login(scene.alice.wallet)
        try await scene.isConnected()
        print("logged in and connected in \(start.duration(to: .now))")
        daemon.terminate()
        #expect(try await daemon.exit(within: .seconds(5)) == .code(0))
      }
    }
  }
}
