import FonanaServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FaultTests {
  private static let sends = "POST /api/conversations/:id/messages"

  @Test(arguments: [
    (FaultResponse.html(502), 502), (.json(500, "Failed to send message"), 500),
    (.tooManyRequests(retryAfter: "2"), 429), (.redirect(302, to: "http://127.0.0.1:9/"), 302),
    (.garbage, 200), (.portal, 200),
  ])
  func anAnswerIsReplacedBeforeOrAfterTheCommit(_ response: FaultResponse, _ status: Int)
    async throws
  {
    try await Scene.run { scene in
      for (phase, stored) in [(FaultPhase.beforeCommit, 0), (.afterCommit, 1)] {
        scene.server.faults.add(Fault(Self.sends, .respond(response), when: phase))
        let answer = try await scene.send(["content": "a"])
        #expect(answer?.status == status)
        #expect(answer?.text == response.body)
        for header in response.headers {
          #expect(answer?.headers[header.name.lowercased()] == header.value)
        }
        #expect(scene.world.messages(in: scene.conversationID).count == stored)
      }
      #expect(scene.world.counters.faultsFired == 2)
      #expect(scene.server.faults.pending.isEmpty)
    }
  }

  @Test(arguments: [(FaultPhase.beforeCommit, 0), (.betweenSteps, 1), (.afterCommit, 1)])
  func aConnectionIsCutWithoutAnAnswer(_ phase: FaultPhase, _ stored: Int) async throws {
    try await Scene.run { scene in
      scene.server.faults.add(Fault(Self.sends, .cut(afterBytes: nil), when: phase))
      let answer = try await scene.send(["content": "a"])
      #expect(answer == nil)
      #expect(scene.world.messages(in: scene.conversationID).count == stored)
      #expect(scene.world.requestLog.last?.status == 0)
    }
  }

  @Test func aConnectionIsCutWithinTheBody() async throws {
    try await Scene.run { scene in
      scene.server.faults.add(Fault(Self.sends, .cut(afterBytes: 10), when: .afterCommit))
      let answer = try #require(await scene.send(["content": "a"]))
      #expect(answer.status == 200)
      #expect(answer.text == #"{"message""#)
      #expect(!answer.isComplete)
    }
  }

  @Test(arguments: [FaultPhase.beforeCommit, .afterCommit])
  func anAnswerIsDelayed(_ phase: FaultPhase) async throws {
    try await Scene.run { scene in
      scene.server.faults.add(Fault(Self.sends, .delay(.milliseconds(120)), when: phase))
      let start = ContinuousClock.now
      let answer = try await scene.send(["content": "a"])
      #expect(answer?.status == 200)
      #expect(ContinuousClock.now - start >= .milliseconds(120))
    }
  }

  @Test func aRequestHangsUntilTheFaultsAreRemoved() async throws {
    try await Scene.run { scene in
      scene.server.faults.add(Fault(Self.sends, .hang))
      async let answer = scene.send(["content": "a"])
      try await scene.world.wait { $0.counters.faultsFired == 1 }
      scene.server.faults.removeAll()
      let ending = try await answer
      #expect(ending == nil)
      #expect(scene.world.messages(in: scene.conversationID).isEmpty)
    }
  }

  @Test func aHangingRequestDoesNotKeepTheServerFromStopping() async throws {
    try await Scene.run { scene in
      scene.server.faults.add(Fault(Self.sends, .hang))
      async let answer = scene.send(["content": "a"])
      try await scene.world.wait { $0.counters.faultsFired == 1 }
      try await scene.server.stopListening()
      let ending = try await answer
      #expect(ending == nil)
    }
  }

  @Test(arguments: [FaultEnding.cut, .respond(.html(504))])
  func aCommitComesAfterTheClientHasGivenUp(_ ending: FaultEnding) async throws {
    try await Scene.run { scene in
      let late = FaultAction.lateCommit(after: .milliseconds(150), then: ending)
      scene.server.faults.add(Fault(Self.sends, late))
      let answer = try await scene.send(["content": "a"])
      #expect(answer?.status == (answer == nil ? nil : 504))
      let id = scene.conversationID
      try await scene.world.wait { $0.messageCount(in: id) == 1 }
      let asked = try #require(scene.world.requestLog.last?.at)
      let stored = try #require(scene.world.messages(in: id).last?.createdAt)
      #expect(stored - asked >= 149)
      #expect(scene.world.notifications(of: scene.ben.id).count == 1)
    }
  }

  @Test func theEchoLosesItsMetadata() async throws {
    try await Scene.run { scene in
      scene.server.faults.add(Fault(Self.sends, .stripMetadata))
      let answer = try await scene.send(["content": "a", "metadata": ["k": 1]])
      #expect(answer?.json?["message"]?["content"] == "a")
      #expect(answer?.json?["message"]?["metadata"] == nil)
      #expect(scene.world.messages(in: scene.conversationID).first?.metadata == ["k": 1])
    }
  }

  @Test func aFaultSkipsAndCounts() async throws {
    try await Scene.run { scene in
      scene.server.faults.add(Fault(Self.sends, .respond(.html(503)), count: 2, skip: 1))
      var statuses: [Int?] = []
      for _ in 0..<4 { statuses.append(try await scene.send(["content": "a"])?.status) }
      #expect(statuses == [200, 503, 503, 200])
    }
  }

  @Test func aFaultStrikesItsConversationOnly() async throws {
    try await Scene.run { scene in
      let cleo = scene.world.makeUser(nickname: "cleo")
      let other = scene.world.makeConversation(scene.ada.id, cleo.id)
      scene.server.faults.add(
        Fault(Self.sends, .respond(.html(503)), count: nil, conversationID: other))
      let passed = try await scene.send(["content": "a"])
      #expect(passed?.status == 200)
      let answer = try await scene.http.json(
        "POST", "/api/conversations/\(other)/messages", token: scene.adaToken, ["content": "a"])
      #expect(answer?.status == 503)
    }
  }
}
