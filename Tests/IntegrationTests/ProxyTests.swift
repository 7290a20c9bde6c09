import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// The client behind a real nginx with TLS.
  @Suite(.enabled(if: Nginx.path != nil, "nginx is fetched by \"make deps\""))
  struct ProxyTests {
    @Test(arguments: ServerGeneration.allCases)
    func wholeRunThroughNginx(_ generation: ServerGeneration) async throws {
      try await withProxy(ServerConfiguration(generation: generation)) { scene, desk in
        scene.bobWrites("through the proxy")
        try await desk.withDaemon { _ in
          try await desk.login(scene.alice.wallet)
          try await scene.at(desk).isConnected()
          try await desk.pullAll("@bob")
          let read = try await desk.json(ReadDocument.self, "read", "@bob")
          #expect(read.messages.last?.content == "through the proxy")
          let sent = try await desk.json(SendDocument.self, "send", "@bob", "and back", "--wait")
          #expect(sent.state == "sent")
          #expect(scene.textsFromAlice == ["and back"])
          #expect(try await desk.status().connection.state == "connected")
        }
        try await Self.queueAndKill(scene, desk)
        #expect(scene.world.counters.socketsWithoutToken == 0)
      }
    }

    /// The platform is away, and nginx answers 502 for it.
    private static func queueAndKill(_ scene: Scene, _ desk: Desk) async throws {
      let texts = (1...10).map { "offline \($0)" }
      try await scene.server.stopListening()
      try await desk.withDaemon(["--time-scale", "10"]) { daemon in
        for text in texts { _ = try await desk.fonana("send", "@bob", text, "--no-wait") }
        try await desk.kill(daemon)
      }
      try await desk.withDaemon(["--time-scale", "10"]) { _ in
        let read = try await desk.json(ReadDocument.self, "read", "@bob")
        #expect(read.messages.suffix(10).compactMap(\.content) == texts)
        try await scene.server.startListening()
        try await scene.aliceHasSent(11)
        try await desk.waitUntil("drained")
        #expect(scene.textsFromAlice == ["and back"] + texts)
      }
    }

    @Test(arguments: [("localhost", -1), ("elsewhere.example", 2)])
    func badCertificateIsRefused(_ name: String, _ days: Int) async throws {
      try await withProxy(name: name, days: days) { scene, desk in
        try await desk.withDaemon { _ in
          try await expectRefusal(by: desk, scene)
        }
      }
    }

    @Test func unknownAuthorityIsRefused() async throws {
      try await withProxy { scene, desk in
        try desk.home.write("", to: "f/config.toml")
        try await desk.withDaemon { _ in
          try await expectRefusal(by: desk, scene)
        }
      }
    }

    private func expectRefusal(by desk: Desk, _ scene: Scene) async throws {
      let login = try await desk.fonana(
        "login", "--wallet", scene.alice.wallet, "--no-input", "--json")
      #expect(login.status == 1, "\(login)")
      #expect(login.output.contains("certificate"), "\(login)")
      #expect(login.output.contains("doctor"))
      #expect(scene.world.counters.totalRequests == 0)
    }

    /// A scene without a login, and a desk that reaches its server through nginx only.
    private func withProxy(
      _ configuration: ServerConfiguration = .init(), name: String = "localhost", days: Int = 2,
      _ body: @escaping @Sendable (Scene, Desk) async throws -> Void
    ) async throws {
      try await withScene(configuration, loggedIn: false) { scene in
        try await withTemporaryHome { folder in
          let authority = try await CertificateAuthority(in: folder)
          let identity = try await authority.identity(for: name, days: days)
          try await Nginx.withProxy(to: scene.server, as: identity, in: folder) { port in
            let desk = Desk(scene.desk.home, server: "https://localhost:\(port)")
            try desk.home.write("ca_file = \"\(authority.certificate)\"\n", to: "f/config.toml")
            try await body(scene, desk)
          }
        }
      }
    }
  }
}
