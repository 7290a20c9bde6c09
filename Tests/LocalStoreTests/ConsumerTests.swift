import FonanaCore
import FonanaTestSupport
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct ConsumerTests {
  private let note = StoreAct.record(.connectionChanged, detail: JSONText(#"{"state":"x"}"#))
  private let limits = StoreLimits(
    eventCount: 10, eventAge: .seconds(100), unseenCount: 30, consumerAge: .seconds(1000),
    pruneEvery: 5)

  private func happen(_ count: Int, in store: LocalStore, at second: Int64 = 0) async throws {
    for _ in 0..<count { _ = try await store.perform([note], at: Sample.time(second)) }
  }

  @Test func aNewConsumerBeginsWithTheNextEvent() async throws {
    try await withStore { store in
      try await happen(3, in: store)
      #expect(try await store.consumer("bot") == nil)
      let bot = try await store.openConsumer("bot", at: Sample.time(7))
      #expect(bot.cursor == 3 && bot.seenAt == Sample.time(7))
      try await happen(2, in: store)
      #expect(try await store.openConsumer("bot", at: Sample.time(9)).cursor == 3)
      #expect(try await store.eventPage(after: 3, limit: 9).events.map(\.sequence) == [4, 5])
      let state = try #require(try await store.consumers().first)
      #expect(state.waiting == 2 && state.lost == 0 && state.consumer.seenAt == Sample.time(9))
    }
  }

  @Test func anAcknowledgementNeverGoesBackAndNeverAhead() async throws {
    try await withStore { store in
      _ = try await store.openConsumer("bot", at: Sample.time(0))
      try await happen(5, in: store)
      #expect(try await store.acknowledge(4, by: "bot", at: Sample.time(1)).cursor == 4)
      #expect(try await store.acknowledge(2, by: "bot", at: Sample.time(1)).cursor == 4)
      await #expect(throws: FonanaError.self) {
        try await store.acknowledge(6, by: "bot", at: Sample.time(1))
      }
      let error = await #expect(throws: FonanaError.self) {
        try await store.acknowledge(4, by: "nobody", at: Sample.time(1))
      }
      #expect(error?.code == .notFound)
    }
  }

  @Test func whatAConsumerHasNotAcknowledgedIsKept() async throws {
    try await withStore(limits: limits) { store in
      try await happen(5, in: store)
      _ = try await store.openConsumer("bot", at: Sample.time(0))
      try await happen(20, in: store)
      let page = try await store.eventPage(after: 5, limit: 99)
      #expect(page.lost == nil && page.events.map(\.sequence) == Array(6...25))
      _ = try await store.acknowledge(25, by: "bot", at: Sample.time(0))
      try await happen(5, in: store)
      #expect(try await store.eventRange().oldest == 21)
    }
  }

  @Test func whatIsLostBeyondTheBoundIsSaid() async throws {
    try await withStore(limits: limits) { store in
      _ = try await store.openConsumer("bot", at: Sample.time(0))
      try await happen(50, in: store)
      let page = try await store.eventPage(after: 0, limit: 2)
      #expect(page.lost == 1..<21 && page.events.map(\.sequence) == [21, 22])
      let state = try #require(try await store.consumers().first)
      #expect(state.lost == 20 && state.waiting == 30)
    }
  }

  @Test func nothingIsKeptForAConsumerThatDoesNotComeAnyMore() async throws {
    try await withStore(limits: limits) { store in
      _ = try await store.openConsumer("bot", at: Sample.time(0))
      try await happen(20, in: store, at: 1001)
      #expect(try await store.eventRange().oldest == 11)
    }
  }

  @Test func aForgottenNameIsNew() async throws {
    try await withStore { store in
      _ = try await store.openConsumer("bot", at: Sample.time(0))
      try await happen(2, in: store)
      try await store.forgetConsumer("bot")
      #expect(try await store.consumers().isEmpty)
      let error = await #expect(throws: FonanaError.self) {
        try await store.forgetConsumer("bot")
      }
      #expect(error?.code == .notFound)
      #expect(try await store.openConsumer("bot", at: Sample.time(0)).cursor == 2)
    }
  }

  /// The events are gone with the damaged mirror: the consumer is told so, and later cursors are
  /// larger than all it has seen.
  @Test func aConsumerOutlivesADamagedStore() async throws {
    try await withTemporaryHome { home in
      let path = home.path("fonana.sqlite")
      let store = try LocalStore.open(path: path)
      try await store.does(.pinAccount(Sample.account))
      _ = try await store.openConsumer("bot", at: Sample.time(0))
      try await happen(3, in: store)
      _ = try await store.acknowledge(1, by: "bot", at: Sample.time(0))
      try store.close()
      _ = try RescueWork(store: path, at: Sample.time(5)).perform(because: "a test")
      let anew = try LocalStore.open(path: path)
      #expect(try await anew.consumer("bot")?.cursor == 1)
      try await happen(1, in: anew)
      let page = try await anew.eventPage(after: 1, limit: 9)
      #expect(page.lost == 2..<4 && page.events.map(\.sequence) == [4])
      try anew.close()
    }
  }
}
