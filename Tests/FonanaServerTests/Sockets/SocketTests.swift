import FonanaServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SocketTests {
  @Test func framesBeforeConnectedAreLost() async throws {
    try await Scene.run(configure: { $0.connectedDelay = .milliseconds(200) }) { scene in
      let socket = try await RawWebSocket.open(
        port: scene.server.webSocketPort, "/ws?token=\(scene.adaToken)",
        early: [#"{"type":"subscribe","channel":{"type":"creator","id":"x"}}"#])
      #expect(try await socket.nextJSON()?["type"] == "connected")
      socket.send(["type": "ping"])
      #expect(try await socket.nextJSON() == ["type": "pong"])
      #expect(scene.world.counters.framesLost == 1)
      #expect(scene.world.counters.subscriptions == 0)
    }
  }

  @Test func onlyTheNewestSocketGetsEventsAndAnyCloseEndsThem() async throws {
    try await Scene.run(configure: { $0.pushesMessages = true }) { scene in
      let older = try await scene.socket(of: scene.ben)
      let newer = try await scene.socket(of: scene.ben)
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "one")
      let event = try await newer.nextJSON()
      #expect(event?["type"] == "notification")
      #expect(event?["userId"]?.stringValue == scene.ben.id)
      #expect(event?["notification"]?["message"] == "ada: one")
      older.send(["type": "ping"])
      #expect(try await older.nextJSON() == ["type": "pong"])

      older.disconnect()
      try await scene.world.wait { $0.counters.openSockets == 1 }
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "two")
      newer.send(["type": "ping"])
      #expect(try await newer.nextJSON() == ["type": "pong"])
      #expect(scene.world.counters.pushesSent == 1)
      #expect(scene.world.counters.pushesLost == 1)
    }
  }

  @Test func generationAPushesMessages() async throws {
    try await Scene.run(.a) { scene in
      let socket = try await scene.socket(of: scene.ben)
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "one")
      #expect(try await socket.nextJSON()?["type"] == "notification")
      #expect(scene.world.counters.pushesSent == 1)
    }
  }

  @Test func generationBWritesTheNotificationAndPushesNothing() async throws {
    try await Scene.run { scene in
      let socket = try await scene.socket(of: scene.ben)
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "one")
      socket.send(["type": "ping"])
      #expect(try await socket.nextJSON() == ["type": "pong"])
      let counters = scene.world.counters
      #expect(counters.pushesSent + counters.pushesLost == 0)
      #expect(scene.world.notifications(of: scene.ben.id).count == 1)
    }
  }

  @Test func anUnsubscribedSocketGetsNoEvents() async throws {
    try await Scene.run(.a) { scene in
      _ = try await scene.socket(of: scene.ben, subscribes: false)
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "one")
      #expect(scene.world.counters.pushesLost == 1)
    }
  }

  @Test func unreadNotificationsFollowASubscriptionWhenAskedFor() async throws {
    try await Scene.run(configure: { $0.sendsUnreadNotifications = true }) { scene in
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "one")
      let socket = try await scene.socket(of: scene.ben)
      let event = try await socket.nextJSON()
      #expect(event?["type"] == "unread_notifications")
      #expect(event?["data"]?["count"] == 1)
    }
  }

  @Test func aPeerThatMissesOnePongIsDropped() async throws {
    try await Scene.run(configure: { $0.pingInterval = .milliseconds(200) }) { scene in
      let socket = try await scene.socket(of: scene.ben, subscribes: false)
      #expect(try await socket.next() == .ping)
      #expect(try await socket.next() == .end)
      try await scene.world.wait { $0.counters.openSockets == 0 }
    }
  }

  @Test func aPeerThatAnswersPingsIsKept() async throws {
    try await Scene.run(configure: { $0.pingInterval = .seconds(1) }) { scene in
      let socket = try await scene.socket(of: scene.ben, subscribes: false)
      for _ in 0..<3 {
        #expect(try await socket.next() == .ping)
        socket.sendPong()
      }
      #expect(scene.world.counters.openSockets == 1)
    }
  }

  @Test func theTokenInTheQueryIsLookedAtFirst() async throws {
    try await Scene.run { scene in
      let socket = try await RawWebSocket.open(
        port: scene.server.webSocketPort, "/ws?token=x.y.z",
        headers: ["Authorization": "Bearer \(scene.adaToken)"])
      #expect(socket.status == 101)
      #expect(try await socket.next() == .close(code: 1008, reason: "Unauthorized"))
      let empty = try await RawWebSocket.open(
        port: scene.server.webSocketPort, "/ws?token=",
        headers: ["Authorization": "Bearer \(scene.adaToken)"])
      #expect(try await empty.nextJSON()?["type"] == "connected")
    }
  }

  @Test func aRevokedTokenIsUnauthorized() async throws {
    try await Scene.run { scene in
      scene.world.revokeTokens(of: scene.ada.id)
      let socket = try await RawWebSocket.open(
        port: scene.server.webSocketPort, "/ws?token=\(scene.adaToken)")
      #expect(try await socket.next() == .close(code: 1008, reason: "Unauthorized"))
      #expect(scene.world.counters.socketsUnauthorized == 1)
    }
  }

  @Test func aCloseIsEchoed() async throws {
    try await Scene.run { scene in
      let socket = try await scene.socket(of: scene.ada)
      socket.sendClose()
      #expect(try await socket.next() == .close(code: 1000, reason: ""))
      #expect(try await socket.next() == .end)
    }
  }

  @Test func theServerClosesWithAnyCodeOrNone() async throws {
    try await Scene.run { scene in
      let first = try await scene.socket(of: scene.ada)
      scene.server.sockets.closeAll(code: 1012, reason: "restart")
      #expect(try await first.next() == .close(code: 1012, reason: "restart"))
      let second = try await scene.socket(of: scene.ben)
      scene.server.sockets.terminateAll(userID: scene.ben.id)
      #expect(try await second.next() == .end)
    }
  }

  @Test func rawTextsReachTheClientAsTheyAre() async throws {
    try await Scene.run { scene in
      let socket = try await scene.socket(of: scene.ada, subscribes: false)
      scene.server.sockets.sendRaw(#"{"type":"#, to: scene.ada.id)
      #expect(try await socket.next() == .text(#"{"type":"#))
    }
  }

  @Test func aRequestWithoutUpgradeGets426() async throws {
    try await Scene.run { scene in
      let answer = try await RawHTTP(port: scene.server.webSocketPort).request("GET", "/ws")
      #expect(answer?.status == 426)
    }
  }
}
