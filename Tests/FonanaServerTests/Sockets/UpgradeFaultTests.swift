import FonanaServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct UpgradeFaultTests {
  @Test func anUpgradeIsRefusedWithAStatus() async throws {
    try await Scene.run { scene in
      scene.server.sockets.upgradeFault = .status(503)
      let refused = try await open(scene)
      #expect(refused.status == 503)
      #expect(scene.world.counters.upgradesRefused == 1)
      #expect(scene.world.counters.socketsWithToken == 0)
      scene.server.sockets.upgradeFault = nil
      #expect(try await open(scene).nextJSON()?["type"] == "connected")
    }
  }

  @Test func anUpgradeIsReset() async throws {
    try await Scene.run { scene in
      scene.server.sockets.upgradeFault = .reset
      let socket = try await open(scene)
      #expect(socket.status == nil)
    }
  }

  @Test func anUpgradeHangsUntilTheServerIsGone() async throws {
    try await Scene.run { scene in
      scene.server.sockets.upgradeFault = .hang
      async let socket = open(scene)
      try await scene.world.wait { $0.counters.upgradesRefused == 1 }
      try await scene.server.stopListening()
      let status = try await socket.status
      #expect(status == nil)
    }
  }

  @Test func aSocketIsClosedRightAfterItsUpgrade() async throws {
    try await Scene.run { scene in
      scene.server.sockets.upgradeFault = .closeAfterUpgrade(code: 1013, reason: "later")
      let socket = try await open(scene)
      #expect(try await socket.next() == .close(code: 1013, reason: "later"))
    }
  }

  @Test func aTokenIsLostOnTheWay() async throws {
    try await Scene.run { scene in
      scene.server.sockets.upgradeFault = .loseToken(query: true, header: false)
      let refused = try await open(scene)
      #expect(try await refused.next() == .close(code: 1008, reason: "Unauthorized"))
      scene.server.sockets.upgradeFault = .loseToken(query: false, header: true)
      #expect(try await open(scene).nextJSON()?["type"] == "connected")
    }
  }

  @Test func aSilentServerAnswersNothing() async throws {
    try await Scene.run { scene in
      let socket = try await scene.socket(of: scene.ada)
      scene.server.sockets.isSilent = true
      socket.send(["type": "ping"])
      scene.server.sockets.sendRaw("lost", to: scene.ada.id)
      scene.server.sockets.terminateAll()
      #expect(try await socket.next() == .end)
    }
  }

  private func open(_ scene: Scene) async throws -> RawWebSocket {
    try await RawWebSocket.open(
      port: scene.server.webSocketPort, "/ws?token=\(scene.adaToken)")
  }
}
