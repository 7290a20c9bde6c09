import FonanaCore
import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// `login --server`: the setting is shared by all profiles.
  @Suite struct ServerChoiceTests {
    @Test func theServerIsKeptOnlyWhenTheLoginHasSucceeded() async throws {
      try await withTwoServers { desk, first, second in
        let stranger = Base58.encode([UInt8](repeating: 9, count: 32))
        let failed = try await login(desk, stranger, at: second)
        #expect(failed.status == 77, "\(failed)")
        #expect(try await configured(desk) == address(first))
        #expect(try await served(desk) == address(first))

        let wallet = friend(in: second)
        let done = try await login(desk, wallet, at: second)
        #expect(done.status == 0 && done.errors.contains("from now on"), "\(done)")
        #expect(try await configured(desk) == address(second))
        _ = try await desk.fonana("daemon", "restart")
        #expect(try await served(desk) == address(second))
      }
    }

    @Test func anotherProfileKeepsItsServer() async throws {
      try await withTwoServers { desk, first, second in
        let other = try await login(desk, friend(in: first), at: first)
        try #require(other.status == 0, "\(other)")
        let wallet = friend(in: second)
        let refused = try await login(desk, wallet, at: second, "--profile", "work")
        #expect(refused.status == 1, "\(refused)")
        #expect(refused.errors.contains("profile “default” has an account"), "\(refused)")
        #expect(try await configured(desk) == address(first))
        #expect(second.world.counters.totalRequests == 0)
      }
    }

    @Test func anEnvironmentThatNamesAnotherServerIsNotPassedOver() async throws {
      try await withTwoServers { desk, first, second in
        var desk = desk
        desk.environment["FONANA_SERVER"] = address(first)
        let refused = try await login(desk, friend(in: second), at: second)
        #expect(
          refused.status == 64 && refused.errors.contains("Unset FONANA_SERVER"), "\(refused)")
        #expect(!refused.errors.contains("from now on"), "\(refused)")
        #expect(try await configured(desk) == address(first))
      }
    }

    /// The settings name the first; commands start daemons, which are gone afterwards.
    private func withTwoServers(
      _ body: @Sendable (Desk, ReferenceServer, ReferenceServer) async throws -> Void
    ) async throws {
      try await withTemporaryHome { home in
        try await withReferenceServer { first in
          try await withReferenceServer { second in
            var desk = Desk(home, first)
            for name in ["FONANA_SERVER", "FONANA_WEBSOCKET", "FONANA_NO_AUTOSTART"] {
              desk.environment[name] = nil
            }
            try home.write("server = \"\(address(first))\"\n", to: "f/config.toml")
            var failure: (any Error)?
            do { try await body(desk, first, second) } catch { failure = error }
            for profile in ["default", "work"] {
              _ = try await desk.fonana("daemon", "stop", "--profile", profile)
            }
            if let failure { throw failure }
          }
        }
      }
    }

    private func login(
      _ desk: Desk, _ wallet: String, at server: ReferenceServer, _ options: String...
    ) async throws -> ProgramResult {
      try await desk.run(
        ["login", "--server", address(server), "--wallet", wallet, "--no-input"] + options)
    }

    /// Whose account does not look new.
    private func friend(in server: ReferenceServer) -> String {
      server.world.makeUser(nickname: "alice").wallet
    }

    /// By the daemon, which is started when it does not run.
    private func served(_ desk: Desk) async throws -> String {
      struct Status: Decodable {
        struct Account: Decodable { let server: String }
        let account: Account
      }
      return try await desk.json(Status.self, "status").account.server
    }

    private func configured(_ desk: Desk) async throws -> String {
      try await desk.fonana("config", "get", "server").output.split(separator: "\n").joined()
    }

    private func address(_ server: ReferenceServer) -> String {
      "http://127.0.0.1:\(server.httpPort)"
    }
  }
}
