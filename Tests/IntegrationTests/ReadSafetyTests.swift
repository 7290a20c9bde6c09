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

    /// A thousand people have written; the one conversation that is read may be fetched.
    @Test func aThousandUnreadConversationsAreMirroredWithoutATick() async throws {
      try await withScene { scene in
        let talks = (0..<1_000).map { number in
          let user = scene.world.makeUser(nickname: "w\(number)")
          let talk = scene.world.makeConversation(user.id, scene.alice.id)
          scene.world.fill(talk, count: 3, isRead: false) { index in
            let at = 1_795_000_000_000 + Int64(number * 10 + index)
            return (user.id, MessageDraft("\(number).\(index)"), at)
          }
          return talk
        }
        try await scene.desk.withDaemon(["--time-scale", "40"]) { _ in
          try await scene.desk.waitUntil("synced")
          let first = scene.world.lists
          try await scene.world.wait { $0.counters.requests["GET /api/conversations"] ?? 0 > first }
          let inbox = try await scene.desk.json(InboxDocument.self, "inbox")
          #expect(inbox.unread == 3_000)
          #expect(inbox.conversations.count == 1_001)
          #expect(
            inbox.conversations.count { $0.lastMessage?.content?.hasSuffix(".2") == true } == 1_000)
        }
        #expect(scene.world.counters.ticks == 0)
        let fetched = scene.world.requestLog.filter {
          $0.label == "GET /api/conversations/:id/messages"
        }
        #expect(Set(fetched.compactMap(\.conversationID)).isDisjoint(with: talks))
        #expect(talks.allSatisfy { scene.world.unreadCount(in: $0, of: scene.alice.id) == 3 })
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

    /// What is fetched beside what is shown is counted, and is read here as it is there.
    @Test func whatReadDoesNotShowIsCountedAsMarked() async throws {
      try await withScene { scene in
        for text in ["one", "two", "three"] { scene.bobWrites(text) }
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--since", "0s")
          #expect(read.messages.isEmpty && read.alsoMarked == 3)
          let inbox = try await scene.desk.json(InboxDocument.self, "inbox", "--unread")
          #expect(inbox.conversations.isEmpty)
        }
      }
    }

    @Test func whatIsOlderIsLookedAtWithoutATickOfWhatIsNew() async throws {
      try await withScene { scene in
        scene.bobWrites("old")
        let place = scene.bobWrites("place").id
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          _ = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          let ticks = scene.world.counters.ticks
          for text in ["new", "newer"] { scene.bobWrites(text) }
          _ = try await scene.desk.fonana("inbox")
          while try await scene.desk.json(InboxDocument.self, "inbox").unread < 2 {}
          let older = try await scene.desk.json(
            ReadDocument.self, "read", "@bob", "--before", place)
          #expect(older.messages.map(\.content) == ["Hello Alice", "old"])
          #expect(older.alsoMarked == 0)
          let text = try await scene.desk.fonana("read", "@bob", "--before", place)
          #expect(text.errors.contains("2 unread messages not shown"), "\(text)")
          #expect(scene.world.counters.ticks == ticks)
          #expect(scene.world.unreadCount(in: scene.conversation, of: scene.alice.id) == 2)
        }
      }
    }
  }
}
