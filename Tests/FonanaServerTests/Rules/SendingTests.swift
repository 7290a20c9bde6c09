import FonanaServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SendingTests {
  /// Bodies that the real server's database or parser chokes on: 500, and nothing is stored.
  @Test(arguments: [
    #"{"content":"a\u0000b"}"#, #"{"content":"a","metadata":null}"#,
    #"{"content":"a","metadata":{"k":"\u0000"}}"#, #"{"content":5}"#, #"{"content":"a""#, "null",
    #"{"content":"a","isPaid":true,"price":"0.5"}"#,
  ])
  func unstorableBodiesGive500(_ body: String) async throws {
    try await Scene.run { scene in
      let answer = try await scene.http.request(
        "POST", scene.messagesPath, headers: ["authorization": "Bearer \(scene.adaToken)"],
        body: Array(body.utf8))
      #expect(answer?.status == 500)
      #expect(answer?.json == ["error": "Failed to send message"])
      #expect(scene.world.messages(in: scene.conversationID).isEmpty)
    }
  }

  @Test(arguments: [
    (#"{}"#, "Message content or media required"),
    (#"{"content":null,"metadata":{"type":"tip"}}"#, "Message content or media required"),
    (#"{"content":"a","isPaid":true,"price":0}"#, "Valid price required for paid messages"),
    (#"{"content":"a","isPaid":true,"price":-1}"#, "Valid price required for paid messages"),
  ])
  func refusedBodiesGive400(_ body: String, _ error: String) async throws {
    try await Scene.run { scene in
      let answer = try await scene.http.request(
        "POST", scene.messagesPath, headers: ["authorization": "Bearer \(scene.adaToken)"],
        body: Array(body.utf8))
      #expect(answer?.status == 400)
      #expect(answer?.json == ["error": .string(error)])
      #expect(scene.world.messages(in: scene.conversationID).isEmpty)
    }
  }

  @Test func metadataComesBackUnchanged() async throws {
    try await Scene.run { scene in
      let metadata: WireJSON = [
        "fonana": ["cid": "x", "v": 1], "n": .number("1.50"),
        "big": .number("123456789012345678901"),
        "list": [.null, true, ["deep": "ü\n\"\\"]],
      ]
      let answer = try await scene.send(["content": "a", "metadata": metadata])
      #expect(answer?.json?["message"]?["metadata"] == metadata)
      let page = try await scene.read()
      #expect(page?["messages"]?.arrayValue?.first?["metadata"] == metadata)
    }
  }

  @Test func theNoticeHasTheFirst50UnitsOfTheText() async throws {
    try await Scene.run { scene in
      _ = try await scene.send(["content": .string(String(repeating: "é", count: 60))])
      let notice = scene.world.notifications(of: scene.ben.id).last
      #expect(notice?.message == "ada: " + String(repeating: "é", count: 50))
      #expect(notice?.metadata?["isPaid"] == nil)
    }
  }

  @Test func aCrashBetweenTheStepsLeavesAMessageWithoutNotice() async throws {
    try await Scene.run { scene in
      scene.server.faults.add(
        Fault(
          "POST /api/conversations/:id/messages", .respond(.json(500, "Failed to send message")),
          when: .betweenSteps))
      let answer = try await scene.send(["content": "a"])
      #expect(answer?.status == 500)
      #expect(scene.world.messages(in: scene.conversationID).count == 1)
      #expect(scene.world.notifications(of: scene.ben.id).isEmpty)
    }
  }

  @Test func generationAOrdersTheListBySends() async throws {
    try await Scene.run(.a) { scene in
      let cleo = scene.world.makeUser(nickname: "cleo")
      scene.world.send(from: cleo.id, to: scene.ben.id, "first", at: 1_795_530_000_000)
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "second", at: 1_795_530_001_000)
      let list = try await scene.http.json("GET", "/api/conversations", wallet: scene.ben.wallet)
      let names = list?.json?["conversations"]?.arrayValue?.map {
        $0["participant"]?["nickname"]?.stringValue
      }
      #expect(names == ["ada", "cleo"])
    }
  }
}
