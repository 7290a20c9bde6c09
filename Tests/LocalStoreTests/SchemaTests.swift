import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

/// Every released schema is a fixture: a store that the program of that version wrote.
@Suite(.timeLimit(.minutes(1)))
struct SchemaTests {
  @Test(arguments: releasedSchemas)
  func aReleasedStoreBecomesTheSameAsANewOne(version: Int) async throws {
    try await withTemporaryHome { home in
      let released = try openReleased(version, in: home)
      let fresh = try LocalStore.open(path: home.path("fresh.sqlite"))
      let expected = try await fresh.pool.read(schemaText)
      let migrated = try await released.pool.read(schemaText)
      #expect(migrated == expected)
      #expect(expected.count > 20)
      try released.close()
      try fresh.close()
    }
  }

  @Test(arguments: releasedSchemas)
  func aReleasedStoreKeepsItsContent(version: Int) async throws {
    try await withTemporaryHome { home in
      let store = try openReleased(version, in: home)
      let snapshot = try await store.snapshot()
      #expect(snapshot.account == Sample.account)
      #expect(snapshot.outbox.map(\.content) == ["it's waiting"])
      #expect(snapshot.outbox.first?.doubt?.isHandlerDone == true)
      #expect(snapshot.conversations.first?.coverage.gaps.count == 1)
      #expect(try await store.texts() == ["read", "sent", "island"])
      #expect(try await store.consumer("bot")?.cursor == 3)
      #expect(try await store.eventRange() == LocalStore.EventRange(oldest: 1, newest: 9))
      // What was sent before the update is still known as sent.
      let again = OutboxItem(
        cid: Sample.cid(1), recipient: Recipient(text: "@alice"), content: "sent", state: .queued,
        queuedAt: Sample.time(0))
      #expect(
        try await store.does(.enqueue(again)).enqueued
          == [.sent(Sample.cid(1), MessageID("m4"), Sample.talk)])
      #expect(snapshot.conversations.first?.readThrough != nil)
      try store.close()
    }
  }

  @Test func aWrongValueIsAnErrorAndNoTrap() async throws {
    try await withStore { store in
      try await store.does(.enqueue(Sample.item(1)))
      try await store.pool.write { try $0.execute(sql: "UPDATE outbox SET state = 'secret text'") }
      let error = await #expect(throws: FonanaError.self) { try await store.snapshot() }
      #expect(error?.code == .storeDamaged)
      #expect(error.map { "\($0)".contains("secret") } == false)
    }
  }

  @Test func aReadOnlyStoreIsUnwritableAndStillReads() async throws {
    try await withStore { store in
      try await store.does(.enqueue(Sample.item(1)))
      try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
      let error = await #expect(throws: FonanaError.self) {
        try await store.does(.enqueue(Sample.item(2)))
      }
      #expect(error?.code == .storeUnwritable)
      #expect(error?.hint != nil)
      let kept = try await store.snapshot().outbox
      #expect(kept.count == 1)
      try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") }
    }
  }

  /// Flipped bytes anywhere give an error or an answer, never a trap.
  @Test(arguments: 0..<20)
  func randomDamageNeverTraps(seed: Int) async throws {
    try await withTemporaryHome { home in
      var random = SeededRandom(seed)
      let store = try openReleased(1, in: home)
      try store.close()
      var bytes = try Data(contentsOf: URL(filePath: store.path))
      for _ in 0..<40 {
        bytes[Int.random(in: 100..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let path = home.path("damaged.sqlite")
      try bytes.write(to: URL(filePath: path))
      guard let damaged = try? LocalStore.open(path: path) else { return }
      _ = try? await damaged.snapshot()
      _ = try? await damaged.conversations(mode: .eager)
      _ = try? await damaged.outboxItems()
      _ = try? await damaged.texts()
      _ = try? await damaged.events(after: 0, limit: 100)
      _ = try? await damaged.does(.enqueue(Sample.item(7)))
      _ = try? await damaged.pull((1...9).map { Sample.message($0) })
      try? damaged.close()
    }
  }
}
