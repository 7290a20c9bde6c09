import FonanaServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ControlTests {
  @Test func itAnswersOnlyWhenAskedFor() async throws {
    try await Scene.run { scene in
      let answer = try await scene.http.json("GET", "/_control/counters")
      #expect(answer?.status == 404)
    }
  }

  @Test func aPartnerWritesAndTheTruthIsTold() async throws {
    try await run { scene in
      let cleo = try await control(scene, "POST", "users", ["nickname": "cleo"])
      #expect(cleo?["user"]?["nickname"] == "cleo")
      let sent = try await control(
        scene, "POST", "messages",
        ["from": "cleo", "to": "ben", "content": "hi", "count": 3, "createdAt": .int(5_000)])
      #expect(sent?["messages"]?.arrayValue?.count == 3)
      let list = try await control(scene, "GET", "conversations?user=ben")
      let row = try #require(list?["conversations"]?.arrayValue?.last)
      #expect(row["unreadCount"] == 3)
      let truth = try await control(
        scene, "GET", "messages?conversation=\(row["id"]?.stringValue ?? "")")
      #expect(truth?.contents == ["hi 1", "hi 2", "hi 3"])
      let notices = try await control(scene, "GET", "notifications?user=ben")
      #expect(notices?["notifications"]?.arrayValue?.count == 3)
    }
  }

  @Test func faultsAreAddedListedAndRemoved() async throws {
    try await run { scene in
      let added = try await control(
        scene, "POST", "faults",
        [
          "route": "POST /api/conversations/:id/messages", "when": "after", "count": .null,
          "action": "respond", "status": 502,
        ])
      #expect(added?["id"]?.intValue != nil)
      let answer = try await scene.send(["content": "a"])
      #expect(answer?.status == 502)
      #expect(scene.world.messages(in: scene.conversationID).count == 1)
      let listed = try await control(scene, "GET", "faults")
      #expect(listed?["faults"]?.arrayValue?.count == 1)
      _ = try await control(scene, "DELETE", "faults")
      let next = try await scene.send(["content": "b"])
      #expect(next?.status == 200)
    }
  }

  @Test(arguments: [
    #"{"route":"GET *","action":"delay","milliseconds":1}"#,
    #"{"route":"*","action":"cut","bytes":3}"#, #"{"route":"*","action":"hang"}"#,
    #"{"route":"*","action":"stripMetadata"}"#,
    #"{"route":"*","action":"lateCommit","milliseconds":5,"then":"respond","status":504}"#,
    #"{"route":"*","action":"respond","status":429,"error":"x","headers":{"Retry-After":"2"}}"#,
  ])
  func everyKindOfFaultIsUnderstood(_ text: String) async throws {
    try await run { scene in
      let body = try #require(WireJSON(parsing: text.utf8))
      let answer = try await control(scene, "POST", "faults", body)
      #expect(answer?["id"] != nil)
    }
  }

  @Test(arguments: [
    ("POST", "faults", #"{"route":"*","action":"explode"}"#, 400),
    ("POST", "faults", #"{"action":"hang"}"#, 400), ("POST", "users", "no", 400),
    ("POST", "messages", #"{"from":"nobody","to":"ben"}"#, 404), ("GET", "nothing", "", 404),
  ])
  func wrongRequestsAreExplained(
    _ method: String, _ path: String, _ body: String, _ status: Int
  ) async throws {
    try await run { scene in
      let answer = try await scene.http.request(
        method, "/_control/" + path, body: body.isEmpty ? nil : Array(body.utf8))
      #expect(answer?.status == status)
      #expect(answer?.json?["error"]?.stringValue?.isEmpty == false)
    }
  }

  @Test func tokensAreRevokedAndSocketsClosed() async throws {
    try await run { scene in
      let socket = try await scene.socket(of: scene.ada)
      let open = try await control(scene, "GET", "sockets")
      #expect(open == ["open": [.string(scene.ada.id)]])
      _ = try await control(scene, "DELETE", "tokens?user=ada")
      _ = try await control(scene, "DELETE", "sockets?code=1001")
      #expect(try await socket.next() == .close(code: 1001, reason: ""))
      let unauthorized = try await scene.send(["content": "a"])
      #expect(unauthorized?.status == 401)
      _ = try await control(scene, "PUT", "sockets", ["upgrade": 503])
      let refused = try await RawWebSocket.open(port: scene.server.webSocketPort, "/ws")
      #expect(refused.status == 503)
    }
  }

  @Test func countersAndLogLeaveTheControlInterfaceOut() async throws {
    try await run { scene in
      _ = try await scene.send(["content": "a"])
      let counters = try await control(scene, "GET", "counters")
      #expect(counters?["totalRequests"] == 1)
      let log = try await control(scene, "GET", "requests?since=0")
      let route = log?["requests"]?.arrayValue?.first?["route"]
      #expect(route == "POST /api/conversations/:id/messages")
    }
  }

  @Test func pushIsSwitched() async throws {
    try await run { scene in
      let socket = try await scene.socket(of: scene.ben)
      _ = try await control(scene, "PUT", "push", ["enabled": true])
      _ = try await scene.send(["content": "a"])
      #expect(try await socket.nextJSON()?["type"] == "notification")
    }
  }

  private func run(_ body: @Sendable (Scene) async throws -> Void) async throws {
    try await Scene.run(configure: { $0.offersControl = true }, body)
  }

  private func control(
    _ scene: Scene, _ method: String, _ path: String, _ body: WireJSON? = nil
  ) async throws -> WireJSON? {
    try await scene.http.json(method, "/_control/" + path, body)?.json
  }
}
