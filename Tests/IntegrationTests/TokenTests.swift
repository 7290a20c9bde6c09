import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  @Suite struct TokenTests {
    @Test func shortLivedTokenIsRefreshedWithoutALostConnection() async throws {
      var configuration = ServerConfiguration()
      configuration.tokenLifetime = .seconds(12)
      try await withScene(configuration) { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          let before = scene.world.counters
          try await scene.world.wait { $0.counters.tokenRequests >= before.tokenRequests + 2 }
          let after = scene.world.counters
          #expect(after.tokenRequests <= before.tokenRequests + 3, "a storm of requests")
          #expect(after.socketsWithToken == before.socketsWithToken, "a reconnect")
          #expect(after.openSockets == 1)
          #expect(after.socketsUnauthorized == 0)
        }
      }
    }

    @Test func revokedTokenIsReplacedWithoutAPerson() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          let before = scene.world.counters.tokenRequests
          scene.world.revokeTokens(of: scene.alice.id)
          scene.server.sockets.closeAll(code: 1008, reason: "Unauthorized")
          try await scene.world.wait { $0.counters.tokenRequests > before }
          let sent = try await scene.desk.json(SendDocument.self, "send", "@bob", "still here")
          #expect(["sent", "queued"].contains(sent.state))
          try await scene.aliceHasSent(1)
          try await scene.desk.waitUntil("drained")
          try await scene.isConnected()
          // Two tokens of one second are equal, so that the first new one may be revoked too.
          #expect(scene.world.counters.tokenRequests <= before + 2)
        }
      }
    }

    @Test func restartWithAValidTokenAsksForNone() async throws {
      try await withScene { scene in
        let before = scene.world.counters.tokenRequests
        try await scene.desk.withDaemon { daemon in
          try await scene.isConnected()
          try await scene.desk.kill(daemon)
        }
        try await scene.world.wait { $0.counters.openSockets == 0 }
        try await scene.desk.withDaemon { _ in try await scene.isConnected() }
        #expect(scene.world.counters.tokenRequests == before)
      }
    }

    @Test func noSocketIsOpenedWithoutAToken() async throws {
      try await withScene(loggedIn: false) { scene in
        try await scene.desk.withDaemon { _ in
          let status = try await scene.desk.status()
          #expect(status.token.state == "missing")
          try await scene.desk.login(scene.alice.wallet)
          try await scene.isConnected()
        }
        #expect(scene.world.counters.socketsWithoutToken == 0)
        #expect(scene.world.counters.socketsUnauthorized == 0)
      }
    }

    @Test func aTokenIsNotShownToAnotherServer() async throws {
      try await withScene { scene in
        try await withReferenceServer { other in
          var desk = scene.desk
          desk.environment["FONANA_SERVER"] = "http://127.0.0.1:\(other.httpPort)"
          desk.environment["FONANA_WEBSOCKET"] = "ws://127.0.0.1:\(other.webSocketPort)/ws"
          try await desk.withDaemon { _ in
            let status = try await desk.fonana("status", "--json")
            #expect(!status.output.contains(#""state":"valid""#), "\(status)")
            #expect(
              try await desk.fonana("wait", "--for", "connected", "--timeout", "1s").status != 0)
          }
          #expect(other.world.counters.openSockets == 0)
          #expect(other.world.counters.totalRequests == 0)
        }
      }
    }

    @Test func tokenIsInNoFileButTheCredentials() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { daemon in
          try await scene.isConnected()
          _ = try await scene.desk.fonana("status", "-v")
          // Every token of the server begins with this header.
          #expect(!daemon.errors.text.contains("eyJhbGciOi"))
        }
        let search = Program("/bin/grep", environment: [:])
        let found = try await search.run(["-rlaF", "eyJhbGciOi", scene.desk.home.path])
        let files = found.output.split(separator: "\n")
        #expect(files.allSatisfy { $0.hasSuffix("credentials.json") }, "\(files)")
      }
    }

    @Test func aRouteThatRefusesTheTokenIsNamed() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          scene.world.routesRefusingTokens = ["POST /api/conversations/:id/messages"]
          let sent = try await scene.desk.json(SendDocument.self, "send", "@bob", "not now")
          #expect(sent.state == "queued")
          while try await scene.desk.status().token.refusedBy != ["send"] {}
          let status = try await scene.desk.fonana("status")
          #expect(status.output.contains("the server refuses it for: send"), "\(status)")
          let story = try await scene.desk.fonana("outbox", "show", sent.cid)
          #expect(story.output.contains("takes the token, but not for sending"), "\(story)")
          #expect(try await scene.desk.fonana("outbox", "cancel", sent.cid).status == 0)
        }
      }
    }
  }
}
