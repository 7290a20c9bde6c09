import FonanaCore
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct UnreadTests {
  private func unread(_ store: LocalStore, _ mode: SyncMode) async throws -> Int? {
    try await store.conversation(Sample.talk, mode: mode)?.unread
  }

  @Test func onReadCountsWhatTheListSays() async throws {
    try await withStore { store in
      try await store.does(
        .applyList([Sample.list(Sample.message(9), unread: 4)], isBacklog: false))
      #expect(try await unread(store, .onRead) == 4)
      let read = try await store.does(.markRead(Sample.talk, through: Sample.place(9)))
      #expect(read.kinds == [.conversationChanged])
      #expect(try await unread(store, .onRead) == 0)
      #expect(try await unread(store, .eager) == 0)
      // The old list again: nothing newer of the other.
      try await store.does(
        .applyList([Sample.list(Sample.message(9), unread: 4)], isBacklog: false))
      #expect(try await unread(store, .onRead) == 0)
      try await store.does(
        .applyList([Sample.list(Sample.message(10), unread: 1)], isBacklog: false))
      #expect(try await unread(store, .onRead) == 1)
      #expect(try await store.conversations(unreadOnly: true, mode: .onRead).count == 1)
    }
  }

  /// A pull to settle an uncertain send ticks at the server what nobody has read here.
  @Test(arguments: [SyncMode.onRead, .eager])
  func whatAPullTickedStaysUnreadHere(mode: SyncMode) async throws {
    try await withStore { store in
      try await store.pull((1...3).map { Sample.message($0) })
      try await store.does(
        .applyList([Sample.list(Sample.message(3), unread: 0)], isBacklog: false))
      try await store.pull((1...3).map { Sample.message($0, isRead: true) })
      #expect(try await unread(store, mode) == 3)
      try await store.does(.markRead(Sample.talk, through: Sample.place(2)))
      #expect(try await unread(store, mode) == 1)
      try await store.does(.markRead(Sample.talk, through: Sample.place(1)))
      #expect(try await unread(store, mode) == 1)
    }
  }

  @Test func whatWasReadWhenFirstSeenIsRead() async throws {
    try await withStore { store in
      try await store.pull([Sample.message(1, isRead: true), Sample.message(2)])
      #expect(try await unread(store, .eager) == 1)
    }
  }

  @Test func unreadMessagesAreTheNewestOfTheOther() async throws {
    try await withStore { store in
      try await store.does(
        .applyList([Sample.list(Sample.message(1))], isBacklog: false),
        .applyList([Sample.list(Sample.message(2))], isBacklog: false),
        .applyList([Sample.list(Sample.message(5, from: Sample.me))], isBacklog: false),
        .applyList([Sample.list(Sample.message(7), unread: 1)], isBacklog: false))
      let all = try await store.messages(MessageQuery(in: Sample.talk, limit: 9), mode: .onRead)
      #expect(all.rows.map(\.isUnread) == [false, false, false, true])
      let unread = try await store.messages(
        MessageQuery(in: Sample.talk, limit: 9, unreadOnly: true), mode: .onRead)
      #expect(unread.rows.map(\.message.id.rawValue) == ["m7"])
      #expect(unread.more == 0)
    }
  }
}
