import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// Nothing of another person is marked read before its owner asks for it.
  @Suite struct ReadSafetyTests {
    @Test(arguments: ServerGeneration.allCases)
    func nothingIsMarkedReadBeforeRead(_ generation: ServerGeneration) async throws {
      try await withScene(ServerConfiguration(generation: generation)) { scene in
        scene.bobWrites("one")
        scene.bobWrites("two")
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          try await scene.desk.waitUntil("synced")
          _ = try await scene.desk.json(InboxDocument.self, "inbox")
          _ = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--peek")
          _ = try await scene.desk.json(SendDocument.self, "send", "@bob", "answer unseen")
          _ = try await scene.desk.fonana("notifications")
          #expect(scene.world.counters.ticks == 0)
          #expect(scene.world.unreadCount(in: scene.conversation, of: scene.alice.id) == 2)

          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          #expect(read.messages.count { $0.isUnread } == 2)
          #expect(scene.world.counters.ticks == 2)
          #expect(scene.world.unreadCount(in: scene.conversation, of: scene.alice.id) == 0)
          #expect(try await scene.desk.status().sync.forcedReads == 0)
        }
      }
    }

    @Test func readOfOneConversationLeavesTheOthers() async throws {
      try await withScene { scene in
        let carol = scene.world.makeUser(nickname: "carol")
        scene.world.send(from: carol.id, to: scene.alice.id, "secret")
        scene.bobWrites("open")
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          _ = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          let inbox = try await scene.desk.json(InboxDocument.self, "inbox", "--unread")
          #expect(inbox.conversations.map(\.participant.nickname) == ["carol"])
          #expect(scene.world.counters.ticks == 1)
        }
      }
    }
  }
}
