import FonanaCore
import FonanaTestSupport
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(2)))
struct PropertyTests {
  private func mirror(_ store: LocalStore) async throws -> [MessageRow] {
    try await store.messages(
      MessageQuery(in: Sample.talk, limit: 1000, includesDeleted: true), mode: .eager
    ).rows
  }

  @Test(arguments: 0..<12)
  func pagesAndListsInAnyOrderGiveTheSameMirror(seed: Int) async throws {
    var random = SeededRandom(seed)
    let acts = Self.acts(&random)
    var expected: [MessageRow]?
    for _ in 0..<4 {
      let order = (acts + acts.prefix(3)).shuffled(using: &random)
      try await withStore { store in
        for act in order { try await store.does(act) }
        let rows = try await mirror(store)
        #expect(rows.count == 40)
        #expect(expected == nil || rows == expected)
        expected = rows
      }
    }
  }

  /// Overlapping pages of one moment, islands of the same messages, and a notification.
  private static func acts(_ random: inout SeededRandom) -> [StoreAct] {
    let messages = (1...40).map { number in
      let isOwn = Bool.random(using: &random)
      return Sample.message(
        Int64(number / 2), from: isOwn ? Sample.me : Sample.alice.id, content: "text \(number)",
        isRead: Bool.random(using: &random)
      ).renamed("m\(number)")
    }
    let pages = stride(from: 0, to: 40, by: 5).map { start in
      Sample.page(Array(messages[start..<min(40, start + 12)]))
    }
    let coverage = Coverage(newest: messages.map(\.position).max())
    return pages.map { .applyPage(Sample.talk, $0, coverage, proven: nil, isBacklog: false) }
      + [3, 17, 39].map { .applyList([Sample.list(messages[$0])], isBacklog: false) }
      + [.noteConversation(Sample.talk, with: Sample.alice), .noteUser(Sample.alice)]
  }

  /// The outbox and the sent log against a naive model, with the store reopened in between.
  @Test(arguments: 0..<6)
  func outboxFollowsItsModel(seed: Int) async throws {
    try await withTemporaryHome { home in
      var random = SeededRandom(seed)
      var model = OutboxModel()
      let path = home.path("fonana.sqlite")
      var store = try LocalStore.open(path: path)
      try await store.does(.pinAccount(Sample.account))
      for step in 0..<150 {
        let act = model.randomAct(step: step, &random)
        let result = try await store.does(act)
        #expect(result.enqueued == model.apply(act))
        if step % 40 == 39 {
          try store.close()
          store = try LocalStore.open(path: path, checking: true)
        }
        #expect(try await store.snapshot().outbox == model.items)
      }
      try store.close()
    }
  }

  /// Any state of the files between two calls opens and holds whole calls only.
  @Test func aCopyTakenAtAnyMomentIsWhole() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await store.does(.pinAccount(Sample.account))
      for number in 0..<20 {
        try await store.does(.enqueue(Sample.item(number)))
        if number % 2 == 1 {
          try await store.does(
            .confirm(
              Sample.cid(number), Sample.ownMessage(Int64(number)), at: Sample.time(0)))
        }
        if number % 7 == 6 { try await store.checkpoint() }
        let path = try copyFiles(of: store.path, to: home.path("copy-\(number).sqlite"))
        let copy = try LocalStore.open(path: path, checking: true)
        #expect(try copy.dump() == store.dump())
        try copy.close()
      }
      try store.close()
    }
  }
}

extension ServerMessage {
  fileprivate func renamed(_ id: String) -> ServerMessage {
    var message = self
    message.id = MessageID(id)
    return message
  }
}
