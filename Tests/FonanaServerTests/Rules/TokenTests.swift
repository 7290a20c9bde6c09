import FonanaServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TokenTests {
  @Test func aTokenExpiresAfterItsLife() async throws {
    let clock = TestClock()
    try await Scene.run(configure: {
      $0.tokenLifetime = .seconds(12)
      $0.now = { clock.now }
    }) { scene in
      clock.advance(seconds: 11)
      try await expectVerdict(200, of: scene)
      clock.advance(seconds: 1)
      try await expectVerdict(401, of: scene)
      let verdict = try await scene.http.json("GET", "/api/auth/wallet", token: scene.adaToken)
      #expect(verdict?.json == ["error": "Token expired"])
      let list = try await scene.http.json("GET", "/api/conversations", token: scene.adaToken)
      #expect(list?.status == 401)
      #expect(list?.json == ["error": "Invalid token"])
    }
  }

  @Test func aRevokedTokenIsReplacedWithinTheSameSecond() async throws {
    let clock = TestClock()
    try await Scene.run(configure: { $0.now = { clock.now } }) { scene in
      for _ in 0..<2 {
        let old = scene.world.issueToken(for: scene.ada.id) ?? ""
        scene.world.revokeTokens(of: scene.ada.id)
        let fresh = scene.world.issueToken(for: scene.ada.id) ?? ""
        try await expect(401, of: scene, with: old)
        try await expect(200, of: scene, with: fresh)
      }
      try await expect(200, of: scene, with: scene.benToken)
      scene.world.revokeAllTokens()
      try await expect(401, of: scene, with: scene.benToken)
    }
  }

  @Test func twoTokensOfOneSecondAreEqual() async throws {
    let clock = TestClock()
    try await Scene.run(configure: { $0.now = { clock.now } }) { scene in
      #expect(scene.world.issueToken(for: scene.ada.id) == scene.adaToken)
      clock.advance(seconds: 1)
      #expect(scene.world.issueToken(for: scene.ada.id) != scene.adaToken)
    }
  }

  @Test func oneRouteCanRefuseAFreshToken() async throws {
    try await Scene.run { scene in
      scene.world.routesRefusingTokens = ["GET /api/conversations"]
      try await expect(401, of: scene, with: scene.adaToken)
      try await expectVerdict(200, of: scene)
    }
  }

  @Test func tokenRequestsAreCounted() async throws {
    try await Scene.run { scene in
      let body: WireJSON = ["wallet": .string(scene.ada.wallet)]
      _ = try await scene.http.json("POST", "/api/auth/token", body)
      _ = try await scene.http.json("POST", "/api/auth/wallet", body)
      _ = try await scene.http.json("GET", "/api/auth/token?wallet=\(scene.ada.wallet)")
      _ = try await verify(scene)
      #expect(scene.world.counters.tokenRequests == 3)
      #expect(scene.world.requestLog.map(\.status) == [200, 200, 200, 200])
    }
  }

  private func verify(_ scene: Scene) async throws -> RawAnswer? {
    try await scene.http.json("GET", "/api/auth/wallet", token: scene.adaToken)
  }

  private func expectVerdict(_ status: Int, of scene: Scene) async throws {
    let answer = try await verify(scene)
    #expect(answer?.status == status)
  }

  /// What the list of conversations says to a token.
  private func expect(_ status: Int, of scene: Scene, with token: String) async throws {
    let answer = try await scene.http.json("GET", "/api/conversations", token: token)
    #expect(answer?.status == status)
  }
}

/// A clock that only tests move.
final class TestClock: Sendable {
  private let milliseconds = Mutex<Int64>(1_795_530_000_000)

  var now: Int64 { milliseconds.withLock { $0 } }

  func advance(seconds: Int64) {
    milliseconds.withLock { $0 += seconds * 1000 }
  }
}
