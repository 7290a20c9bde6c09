import Dispatch
import FonanaCore
import GRDB
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct ReadingTests {
  private func withTalks(_ body: (LocalStore) async throws -> Void) async throws {
    try await withStore { store in
      let bobs = ConversationID("talk-bob")
      try await store.does(
        .applyList(
          [
            Sample.list(
              Sample.message(50, from: Sample.bob.id, in: bobs), talk: bobs, with: Sample.bob),
            Sample.list(Sample.message(10)),
          ], isBacklog: true),
        .noteUser(UserProfile(id: UserID("user-bob-2"), nickname: "BOB")),
        .noteUser(UserProfile(id: UserID("trap"), wallet: "w", nickname: "user-alice")))
      try await body(store)
    }
  }

  @Test(arguments: [
    ("@Alice", ["user-alice"]), ("@aLiCe", ["user-alice"]), ("ALICE", ["user-alice"]),
    ("talk-alice", ["user-alice"]), ("user-alice", ["user-alice"]), ("wallet-bob", ["user-bob"]),
    ("bob", ["user-bob", "user-bob-2"]), ("@bob", ["user-bob", "user-bob-2"]),
    ("@user-alice", ["trap"]), ("nobody", []), ("", []), ("@", []),
  ])
  func recipientsAreTriedInOrder(text: String, expected: [String]) async throws {
    try await withTalks { store in
      let matches = try await store.resolve(text)
      #expect(matches.compactMap(\.user?.id.rawValue) == expected)
    }
  }

  @Test func aMatchNamesItsConversation() async throws {
    try await withTalks { store in
      let known = try await store.resolve("@alice")
      let new = try await store.resolve("w")
      #expect(known.map(\.conversationID) == [Sample.talk])
      #expect(new.map(\.conversationID) == [nil])
    }
  }

  @Test func conversationsComeNewestFirst() async throws {
    try await withTalks { store in
      let rows = try await store.conversations(mode: .onRead)
      #expect(rows.map(\.participant?.nickname) == ["bob", "Alice"])
      #expect(rows.first?.lastActivity == Sample.time(50))
    }
  }

  @Test func theNewestMessagesComeOldestFirst() async throws {
    try await withStore { store in
      try await store.pull((1...10).map { Sample.message($0, content: "\($0)") })
      var query = MessageQuery(in: Sample.talk, limit: 3)
      let newest = try await store.messages(query, mode: .eager)
      #expect(newest.rows.map(\.message.content) == ["8", "9", "10"])
      #expect(newest.more == 7)
      query.before = Sample.place(8)
      query.since = Sample.time(6)
      let older = try await store.messages(query, mode: .eager)
      #expect(older.rows.map(\.message.content) == ["6", "7"])
      #expect(older.more == 0)
    }
  }

  @Test func messagesOfOneInstantAreOrderedByID() async throws {
    try await withStore { store in
      let ties = ["c", "a", "b"].map { id in
        var message = Sample.message(1, content: id)
        message.id = MessageID(id)
        return message
      }
      try await store.pull(ties)
      #expect(try await store.texts() == ["a", "b", "c"])
      #expect(try await store.texts(limit: 2) == ["b", "c"])
    }
  }

  @Test func statisticsCountEverything() async throws {
    try await withTalks { store in
      try await store.pull([Sample.message(10), Sample.message(9)])
      try await store.does(
        .count(.forcedReads), .count(.forcedReads), .enqueue(Sample.item(1)),
        .enqueue(Sample.item(2, state: .held)))
      let statistics = try await store.statistics()
      #expect(statistics.conversations == 2)
      #expect(statistics.messages == 3)
      #expect(statistics.incomplete == 1)
      #expect(statistics.counters == [.forcedReads: 2, .duplicatesSeen: 0])
      #expect(statistics.outbox.mapValues(\.count) == [.queued: 1, .held: 1])
      #expect(statistics.databaseBytes > 0)
    }
  }

  @Test func theCountOfMessagesFollowsWhatComesAndGoes() async throws {
    try await withTalks { store in
      var expected = try await store.statistics().messages
      for round in 1...3 as ClosedRange<Int64> {
        try await store.pull([Sample.message(round * 100), Sample.message(round * 100 + 1)])
        expected += 2
        #expect(try await store.statistics().messages == expected)
        try await store.pull([Sample.message(round * 100, content: "edited")])
        #expect(try await store.statistics().messages == expected)
        expected -= try await store.forget(nil, before: Sample.time(round * 100 + 1)).messages
        #expect(try await store.statistics().messages == expected)
      }
    }
  }

  @Test func statisticsAreNeverOlderThanTheLastCommit() async throws {
    try await withTalks { store in
      for number in 1...20 {
        try await store.does(.enqueue(Sample.item(number)))
        #expect(try await store.statistics().outbox.mapValues(\.count) == [.queued: number])
      }
      try await store.purge()
      #expect(try await store.statistics().outbox == [:])
    }
  }

  @Test func snapshotHoldsWhatTheEngineStartsWith() async throws {
    try await withStore { store in
      try await store.does(
        .noteGeneration(.b), .noteEcho(false),
        .applyList([Sample.list(Sample.message(3), unread: 2)], isBacklog: true),
        .markRead(Sample.talk, through: Sample.place(1)))
      let snapshot = try await store.snapshot()
      #expect(snapshot.generation == .b)
      #expect(!snapshot.isEchoing)
      #expect(
        snapshot.conversations == [
          ConversationState(
            id: Sample.talk, participantID: Sample.alice.id, lastMessageID: MessageID("m3"),
            listUnread: 2, readThrough: Sample.place(1), lastReceivedAt: Sample.time(3))
        ])
    }
  }

  @Test func aReaderDoesNotWaitForTheWriter() async throws {
    try await withStore { store in
      try await store.pull([Sample.message(1)])
      let release = DispatchSemaphore(value: 0)
      try await withCheckedThrowingContinuation { continuation in
        store.pool.asyncWriteWithoutTransaction { db in
          continuation.resume(
            with: Result { try db.execute(sql: "BEGIN IMMEDIATE; DELETE FROM message") })
          release.wait()
          try? db.execute(sql: "ROLLBACK")
        }
      }
      #expect(try await store.texts() == ["text"])
      release.signal()
    }
  }
}
