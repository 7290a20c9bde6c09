import FonanaCore
import FonanaTestSupport
import Foundation
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct PurgeTests {
  private let canary = "canary-7f3a"

  private func fill(_ store: LocalStore) async throws {
    var renamed = Sample.alice
    renamed.fullName = canary
    try await store.does(.pinAccount(Sample.account), .noteConversation(Sample.talk, with: renamed))
    for start in stride(from: Int64(0), to: 400, by: 100) {
      try await store.pull(
        (start..<start + 100).map { Sample.message($0, content: "\(canary) \($0)") })
    }
    try await store.does(
      .enqueue(Sample.item(1, content: "kept words")),
      .enqueue(Sample.item(2, content: canary)), .enqueue(Sample.item(3, content: canary)),
      .confirm(Sample.cid(2), Sample.ownMessage(900, content: canary), at: Sample.time(0)),
      .cancel(Sample.cid(3), Sample.entry("cancelled", canary)),
      .applyNotifications([Sample.notification(1)], unread: 1, coverages: [:], isBacklog: true),
      .record(.connectionChanged, detail: JSONText(canary)))
    _ = try await store.openConsumer(canary, at: Sample.time(0))
  }

  private func isFound(_ text: String, besides path: String) throws -> Bool {
    try ["", "-wal", "-shm"].contains { suffix in
      guard FileManager.default.fileExists(atPath: path + suffix) else { return false }
      return try Data(contentsOf: URL(filePath: path + suffix)).range(of: Data(text.utf8)) != nil
    }
  }

  @Test(arguments: [true, false])
  func aPurgeLeavesNoTrace(keepingOutbox: Bool) async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await fill(store)
      #expect(try isFound(canary, besides: store.path))
      try await store.purge(keepingOutbox: keepingOutbox)
      #expect(try !isFound(canary, besides: store.path))
      #expect(try isFound("kept words", besides: store.path) == keepingOutbox)
      #expect(try isFound("wallet-me", besides: store.path) == keepingOutbox)
      let snapshot = try await store.snapshot()
      #expect(snapshot.conversations.isEmpty)
      #expect(snapshot.account == (keepingOutbox ? Sample.account : nil))
      #expect(snapshot.outbox.map(\.cid) == (keepingOutbox ? [Sample.cid(1)] : []))
      try store.close()
    }
  }

  @Test(arguments: [true, false])
  func copiesOfEarlierSchemasGoToo(keepingOutbox: Bool) async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: try released(1, in: home))
      #expect(try StoreCopy.all(of: store.path).count == 1)
      try await store.purge(keepingOutbox: keepingOutbox)
      #expect(try StoreCopy.all(of: store.path).isEmpty)
      try store.close()
    }
  }

  @Test func aPurgedStoreTakesAnotherAccount() async throws {
    try await withStore { store in
      try await fill(store)
      try await store.purge()
      let other = AccountRecord(origin: "https://elsewhere", userID: UserID("u"), wallet: "w")
      try await store.does(.pinAccount(other), .enqueue(Sample.item(1)))
      #expect(try await store.account() == other)
    }
  }

  /// What was on its way when it was emptied.
  @Test func aPurgedStoreTakesNothingOfTheAccountBefore() async throws {
    try await withStore { store in
      try await fill(store)
      try await store.purge()
      let late: [StoreAct] = [
        .enqueue(Sample.item(2)),
        .applyNotifications(
          [Sample.notification(1)], unread: nil, coverages: [:], isBacklog: true),
      ]
      for act in late {
        let error = await #expect(throws: FonanaError.self) { try await store.does(act) }
        #expect(error?.code == .notLoggedIn)
      }
      let other = AccountRecord(origin: "https://elsewhere", userID: UserID("u"), wallet: "w")
      var row = Sample.notification(1)
      row.userID = Sample.me
      try await store.does(
        .pinAccount(other),
        .applyNotifications([row], unread: nil, coverages: [:], isBacklog: true))
      #expect(try await store.notifications(limit: 9).notifications.isEmpty)
    }
  }

  @Test func whatWaitsIsNotLostUnasked() async throws {
    try await withStore { store in
      try await fill(store)
      let error = await #expect(throws: FonanaError.self) {
        try await store.purge(unlessMessagesWait: true)
      }
      #expect(error?.code == .conflict)
      #expect(try await store.snapshot().outbox.map(\.cid) == [Sample.cid(1)])
    }
  }
}
