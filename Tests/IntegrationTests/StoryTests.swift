import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// The main job from end to end.
  @Suite struct StoryTests {
    @Test func loginInboxReadAndSend() async throws {
      try await withScene(loggedIn: false) { scene in
        scene.bobWrites("Are you there?")
        try await scene.desk.withDaemon { _ in
          try await scene.desk.login(scene.alice.wallet)
          let account = try await scene.desk.json(AccountDocument.self, "whoami")
          #expect(account.nickname == "alice")
          #expect(account.userId == scene.alice.id)

          let inbox = try await scene.desk.json(InboxDocument.self, "inbox")
          #expect(inbox.unread == 1)
          #expect(inbox.conversations.map(\.participant.nickname) == ["bob"])

          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          #expect(read.messages.map(\.content) == ["Hello Alice", "Are you there?"])

          let sent = try await scene.desk.json(
            SendDocument.self, "send", "@bob", "Yes, I am", "--wait")
          #expect(sent.state == "sent")
          #expect(scene.textsFromAlice == ["Yes, I am"])
        }
      }
    }

    @Test func tenQueuedOfflineArriveOnceAndInOrderAfterAKill() async throws {
      try await withScene { scene in
        try await scene.server.stopListening()
        let texts = (1...10).map { "offline \($0)" }
        try await scene.desk.withDaemon { daemon in
          for text in texts {
            let queued = try await scene.desk.json(
              SendDocument.self, "send", "@bob", text, "--no-wait")
            #expect(queued.state == "queued")
          }
          try await scene.desk.kill(daemon)
        }
        try await scene.desk.withDaemon { _ in
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          #expect(read.messages.compactMap(\.content) == ["Hello Alice"] + texts)
          try await scene.server.startListening()
          try await scene.aliceHasSent(10)
          try await scene.desk.waitUntil("drained")
          #expect(scene.textsFromAlice == texts)
        }
      }
    }

    @Test(.enabled(if: Products.exists("fonana-server")))
    func demoTellsItsStory() async throws {
      let script = Program(
        "/bin/bash",
        environment: [
          "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8",
          "FONANA_BIN": Products.folder,
        ])
      let result = try await script.run(
        ["\(Products.repository)/scripts/demo.sh"], limit: .seconds(120))
      #expect(result.status == 0, "\(result)")
      print("demo: \(result.duration)")
    }
  }
}
