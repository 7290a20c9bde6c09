import FonanaServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OtherRouteTests {
  @Test func theSameBytesGiveTheSameAddressAndComeBack() async throws {
    try await Scene.run { scene in
      let first = try await upload(scene, Array("pixels".utf8))
      let again = try await upload(scene, Array("pixels".utf8))
      let other = try await upload(scene, Array("other".utf8))
      #expect(first == again)
      #expect(first != other)
      let file = try await scene.http.request("GET", first ?? "")
      #expect(file?.text == "pixels")
      #expect(file?.headers["content-type"] == "image/png")
    }
  }

  @Test func anUploadAbove10MegabytesIsRefused() async throws {
    try await Scene.run { scene in
      let url = try await upload(scene, [UInt8](repeating: 1, count: 10 << 20 | 1))
      #expect(url == nil)
    }
  }

  @Test func notificationsAreMarkedAndDeletedOneByOne() async throws {
    try await Scene.run { scene in
      for text in ["a", "b", "c"] { scene.world.send(from: scene.ada.id, to: scene.ben.id, text) }
      let rows = scene.world.notifications(of: scene.ben.id)
      let path = "/api/user/notifications"
      _ = try await scene.http.json(
        "PUT", path, token: scene.benToken, ["notificationIds": [.string(rows[0].id)]])
      #expect(scene.world.notifications(of: scene.ben.id).map(\.isRead) == [true, false, false])
      _ = try await scene.http.json("DELETE", path + "?id=\(rows[2].id)", token: scene.benToken)
      _ = try await scene.http.json("DELETE", path, token: scene.benToken)
      #expect(scene.world.notifications(of: scene.ben.id).map(\.id) == [rows[1].id])
      let answer = try await scene.http.json("GET", path, token: scene.benToken)
      #expect(answer?.json?["unreadCount"] == 1)
    }
  }

  @Test func aLookUpByWalletMakesTheUser() async throws {
    try await Scene.run { scene in
      let wallet = Seed.wallet("nobody")
      let answer = try await scene.http.json("GET", "/api/user?wallet=\(wallet)")
      #expect(answer?.status == 200)
      #expect(scene.world.user(wallet: wallet) != nil)
    }
  }

  @Test(arguments: [(ServerGeneration.a, 400), (.b, 200)])
  func onlyGenerationBTakesDotsInNicknames(_ generation: ServerGeneration, _ status: Int)
    async throws
  {
    try await Scene.run(generation) { scene in
      _ = scene.world.makeUser(nickname: "dot.ted")
      let answer = try await scene.http.json("GET", "/api/user?nickname=Dot.Ted")
      #expect(answer?.status == status)
    }
  }

  @Test func creatorsAreListed() async throws {
    try await Scene.run { scene in
      _ = scene.world.makeUser(nickname: "cleo", isCreator: true)
      let answer = try await scene.http.json("GET", "/api/creators")
      #expect(answer?.json?["totalCount"] == 1)
      #expect(answer?.json?["creators"]?.arrayValue?.first?["nickname"] == "cleo")
    }
  }

  @Test func aDeletedPartnerTakesTheConversationAlong() async throws {
    try await Scene.run { scene in
      scene.world.deleteUser(scene.ada.id)
      let list = try await scene.http.json("GET", "/api/conversations", token: scene.benToken)
      #expect(list?.json == ["conversations": []])
      #expect(try await scene.read() == ["error": "Conversation not found"])
      let own = try await scene.http.json("GET", "/api/conversations", token: scene.adaToken)
      #expect(own?.json == ["error": "User not found"])
    }
  }

  @Test func theWorldOutlivesItsListeners() async throws {
    try await Scene.run { scene in
      let ports = [scene.server.httpPort, scene.server.webSocketPort]
      let socket = try await scene.socket(of: scene.ada)
      try await scene.server.stopListening()
      #expect(try await socket.next() == .end)
      await #expect(throws: RawConnection.Failure.self) { try await scene.read() }
      try await scene.server.startListening()
      #expect([scene.server.httpPort, scene.server.webSocketPort] == ports)
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "still here")
      #expect(try await scene.texts() == ["still here"])
    }
  }

  @Test func idleConnectionsAreCutToo() async throws {
    try await Scene.run { scene in
      let ports = [scene.server.httpPort, scene.server.webSocketPort]
      let idle = try ports.map { try RawConnection(port: $0) }
      _ = try await scene.read()
      try await scene.server.stopListening()
      for connection in idle {
        let received = try await offPool { try connection.receive() }
        #expect(received.isEmpty)
      }
    }
  }

  /// Clients that come back while the server stops must not bring it down: a connection that was
  /// accepted and never taken up once ended the process.
  @Test func connectionsWhileStoppingAreHarmless() async throws {
    try await Scene.run { scene in
      let port = scene.server.httpPort
      for _ in 0..<20 {
        async let knocking: Void = offPool {
          for _ in 0..<40 { _ = try? RawConnection(port: port) }
        }
        try await scene.server.stopListening()
        try await knocking
        try await scene.server.startListening()
      }
      _ = try await scene.read()
      #expect(scene.world.counters.totalRequests == 1)
    }
  }

  @Test func aBadTokenOpensNoConversation() async throws {
    try await Scene.run { scene in
      let answer = try await scene.http.json(
        "POST", "/api/conversations", token: "x.y.z", ["participantId": .string(scene.ben.id)])
      #expect(answer?.status == 401)
      #expect(answer?.json == ["error": "JWT verification failed"])
    }
  }

  @Test func aTakenPortIsNamed() async throws {
    try await Scene.run { scene in
      var configuration = ServerConfiguration()
      for port in [scene.server.httpPort, scene.server.webSocketPort] {
        configuration.httpPort = port
        let error = await #expect(throws: ListenError.self) {
          try await withReferenceServer(configuration) { _ in }
        }
        #expect(error?.port == port)
      }
    }
  }

  private func upload(_ scene: Scene, _ bytes: [UInt8]) async throws -> String? {
    let head =
      "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
      + "Content-Type: image/png\r\n\r\n"
    let tail =
      "\r\n--XX\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nmessage\r\n--XX--\r\n"
    let answer = try await scene.http.request(
      "POST", "/api/upload", headers: ["content-type": "multipart/form-data; boundary=XX"],
      body: Array(head.utf8) + bytes + Array(tail.utf8))
    return answer?.json?["url"]?.stringValue
  }
}
