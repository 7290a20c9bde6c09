import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// The outbox in a person's hands.
  @Suite struct OutboxTests {
    private static let refusal = Fault(
      "POST /api/conversations/:id/messages", .respond(.json(400, "Invalid content")),
      when: .beforeCommit)

    @Test func whatWasCancelledIsNotSentWhenItsCommandIsRepeated() async throws {
      try await withScene { scene in
        let cid = "7d6c50b9-0000-4000-8000-000000000001"
        let words = ["send", "@bob", "hello", "--cid", cid]
        try await scene.server.stopListening()
        try await scene.desk.withDaemon { _ in
          _ = try await scene.desk.run(words + ["--no-wait"])
          let cancelled = try await scene.desk.fonana("outbox", "cancel", cid.uppercased())
          #expect(cancelled.status == 0, "\(cancelled)")
          try await scene.server.startListening()
          try await scene.desk.waitUntil("connected")
          let again = try await scene.desk.run(words + ["--wait", "--json"])
          #expect(again.status == 1 && again.output.contains("cancelled"), "\(again)")
          #expect(scene.textsFromAlice.isEmpty)
        }
      }
    }

    @Test func aStoryIsToldBeforeAndAfterTheEnd() async throws {
      try await withScene { scene in
        try await scene.server.stopListening()
        try await scene.desk.withDaemon { _ in
          let queued = try await scene.desk.json(
            SendDocument.self, "send", "@bob", "hello", "--no-wait")
          let waiting = try await scene.desk.json(StoryDocument.self, "outbox", "show", queued.cid)
          #expect(waiting.state == "queued")
          #expect(waiting.next != nil)
          #expect(waiting.nextAttemptAt != nil)
          // Until nobody is known to answer, it is tried.
          let outcomes = waiting.history.map(\.outcome)
          #expect(outcomes.first == "enqueued")
          #expect(outcomes.dropFirst().allSatisfy { ["claimed", "not_sent"].contains($0) })
          try await scene.server.startListening()
          try await scene.desk.waitUntil("drained")
          let sent = try await scene.desk.json(StoryDocument.self, "outbox", "show", queued.cid)
          #expect(sent.state == "sent")
          #expect(sent.to == "@bob")
          #expect(sent.content == "hello")
          #expect(sent.messageId != nil)
          #expect(sent.next == nil)
          #expect(sent.history.last?.outcome == "accepted")
          let told = try await scene.desk.fonana("outbox", "show", queued.cid)
          #expect(told.output.contains("attempt 1 begins"), "\(told)")
          #expect(told.output.contains("the server has it (class E)"), "\(told)")
          let late = try await scene.desk.fonana("outbox", "cancel", queued.cid)
          #expect(late.status == 1)
          #expect(late.errors.contains("has been sent"), "\(late)")
        }
      }
    }

    @Test func aParkedHeadIsNamedEverywhereAndCanBeMended() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("connected")
          scene.server.faults.add(Self.refusal)
          let refused = try await scene.desk.fonana("send", "@bob", "bad", "--wait", "--json")
          #expect(refused.status == 64)
          let second = try await scene.desk.command.run(["send", "@bob", "second", "--no-wait"])
          let list = try await scene.desk.json(OutboxDocument.self, "outbox", "list")
          #expect(list.items.map(\.state) == ["parked", "queued"])
          let cid = try #require(list.items.first?.cid)
          #expect(refused.output.contains("outbox retry \(cid)"), "\(refused)")
          #expect(second.output.contains("waits for you: “fonana outbox show \(cid)”"), "\(second)")
          for view in [["status"], ["inbox"], ["read", "@bob"]] {
            let shown = try await scene.desk.command.run(view)
            #expect(shown.output.contains("parked"), "\(view): \(shown.output)")
            let raw = try await scene.desk.run(view + ["--json"])
            #expect(raw.output.contains(cid), "\(view): \(raw.output)")
          }
          let edit = try await scene.desk.fonana("outbox", "edit", cid, "good")
          #expect(edit.status == 0, "\(edit)")
          try await scene.desk.waitUntil("drained")
          #expect(scene.textsFromAlice == ["good", "second"])
          let story = try await scene.desk.json(StoryDocument.self, "outbox", "show", cid)
          #expect(story.history.map(\.outcome).contains("edited"))
          #expect(story.history.map(\.outcome).contains("rejected"))
        }
      }
    }

    @Test func holdReleaseSkipAndCancelDoWhatTheySay() async throws {
      try await withScene { scene in
        try await scene.server.stopListening()
        try await scene.desk.withDaemon { _ in
          var cids: [String] = []
          for text in ["one", "two", "three"] {
            cids.append(
              try await scene.desk.json(SendDocument.self, "send", "@bob", text, "--no-wait").cid)
          }
          for arguments in [["hold", cids[0]], ["skip", cids[0]], ["cancel", cids[1]]] {
            let result = try await scene.desk.command.run(["outbox"] + arguments)
            #expect(result.status == 0, "\(arguments): \(result)")
          }
          try await scene.server.startListening()
          try await scene.aliceHasSent(1)
          let release = try await scene.desk.fonana("outbox", "release", cids[0])
          #expect(release.status == 0, "\(release)")
          try await scene.desk.waitUntil("drained")
          #expect(scene.textsFromAlice == ["three", "one"])
          let gone = try await scene.desk.json(StoryDocument.self, "outbox", "show", cids[1])
          #expect(gone.state == "cancelled")
          #expect(gone.history.last?.outcome == "cancelled")
          let unknown = try await scene.desk.fonana("outbox", "show", "no-such-cid")
          #expect(unknown.status == 66)
        }
      }
    }

    @Test func whatWasAnsweredMeanwhileIsNotSent() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          let sent = try await scene.desk.json(
            SendDocument.self, "send", "--unless-replied", "@bob", "first")
          #expect(["sent", "queued", "sending"].contains(sent.state))
          try await scene.desk.waitUntil("drained")
        }
        try await scene.server.stopListening()
        try await scene.desk.withDaemon { _ in
          let queued = try await scene.desk.json(
            SendDocument.self, "send", "--unless-replied", "@bob", "are you there?", "--no-wait")
          #expect(queued.state == "queued")
          scene.bobWrites("Here I am")
          try await scene.server.startListening()
          try await scene.desk.waitUntil("drained")
          #expect(scene.textsFromAlice == ["first"])
          let story = try await scene.desk.json(StoryDocument.self, "outbox", "show", queued.cid)
          #expect(story.state == "cancelled")
          #expect(story.history.last?.outcome == "replied")
          let told = try await scene.desk.fonana("outbox", "show", queued.cid)
          #expect(told.output.contains("the other has written since"), "\(told)")
        }
      }
    }

    @Test func waitSaysWhatItIsInstead() async throws {
      try await withScene(checksOutbox: false) { scene in
        try await scene.server.stopListening()
        try await scene.desk.withDaemon { _ in
          _ = try await scene.desk.json(SendDocument.self, "send", "@bob", "x", "--no-wait")
          let wait = try await scene.desk.fonana(
            "wait", "--for", "drained", "--timeout", "1s", "--json")
          #expect(wait.status == 1)
          #expect(wait.output.contains("1 waiting"), "\(wait)")
        }
      }
    }
  }
}
