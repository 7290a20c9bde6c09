import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// Behind a real nginx with the site file that is shipped, and with what people make of it.
  @Suite(.enabled(if: Nginx.path != nil, "nginx is fetched by \"make deps\""))
  struct NginxSiteTests {
    @Test func theShippedSiteDropsNothing() async throws {
      try await behindSite { scene, _ in
        try await scene.desk.waitUntil("connected")
        let report = try await doctor(scene.desk)
        #expect(report.ok && report.warnings == [], "\(report)")
      }
    }

    /// The first is nginx's own “no resolver defined to resolve localhost”.
    @Test(arguments: [
      ("http://127.0.0.1:3002$request_uri", "http://localhost:3002$request_uri", "no resolver"),
      ("127.0.0.1:3002", "127.0.0.1:1", "Connection refused"),
    ])
    func aWebSocketThatNginxCannotReachIsNamed(
      _ right: String, _ wrong: String, _ reason: String
    ) async throws {
      try await behindSite {
        $0.replacing(right, with: wrong)
      } run: { scene, nginx in
        #expect(try await nginx.errors.nextLine(containing: reason) != nil)
        let report = try await doctor(scene.desk)
        #expect(report.failures == ["websocket.query"], "\(report)")
        #expect(report["websocket.query"]?.detail.contains("502") == true, "\(report)")
        let hint = report["websocket.query"]?.hint
        #expect(hint?.contains("needs a resolver: write 127.0.0.1") == true)
        #expect(hint?.contains("proxy_pass http://127.0.0.1:3002$request_uri") == true)
        let sent = try await scene.desk.json(
          SendDocument.self, "send", "@bob", "over HTTP", "--wait")
        #expect(sent.state == "sent")
      }
    }

    @Test func aProxyThatSoonHangsUpIsReconnectedTo() async throws {
      try await behindSite {
        let (rest, socket) = $0.split(at: "location /ws")
        return rest + socket.replacing("proxy_read_timeout 300s", with: "proxy_read_timeout 1s")
      } run: { scene, _ in
        try await scene.world.wait { $0.counters.socketsWithToken >= 3 }
        try await scene.desk.waitUntil("connected")
        let report = try await doctor(scene.desk)
        #expect(report.ok && report.failures == [], "\(report)")
      }
    }

    private func doctor(_ desk: Desk) async throws -> DoctorDocument {
      let result = try await desk.fonana("doctor", "--json")
      return try JSONDecoder().decode(DoctorDocument.self, from: Data(result.output.utf8))
    }

    /// A daemon that is logged in behind the site.
    private func behindSite(
      _ change: @escaping @Sendable (String) -> String = { $0 },
      run body: @escaping @Sendable (Scene, RunningProgram) async throws -> Void
    ) async throws {
      try await withScene(loggedIn: false) { scene in
        try await withTemporaryHome { folder in
          let authority = try await CertificateAuthority(in: folder)
          let identity = try await authority.identity(for: "localhost", days: 30)
          try await Nginx.withShippedSite(
            to: scene.server, as: identity, in: folder, change
          ) { port, nginx in
            let desk = Desk(scene.desk.home, server: "https://localhost:\(port)")
            try desk.home.write("ca_file = \"\(authority.certificate)\"\n", to: "f/config.toml")
            try await desk.withDaemon(["--time-scale", "4"]) { _ in
              try await desk.login(scene.alice.wallet)
              try await body(scene.at(desk), nginx)
            }
          }
        }
      }
    }
  }
}

extension String {
  /// Before the first `mark`, and from it on.
  fileprivate func split(at mark: String) -> (String, String) {
    let place = firstRange(of: mark)?.lowerBound ?? endIndex
    return (String(self[..<place]), String(self[place...]))
  }
}
