import FonanaCore
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct EventTests {
  private let limits = StoreLimits(
    eventCount: 10, eventAge: .seconds(100), sentAge: .seconds(100), pruneEvery: 5)

  private let note = StoreAct.record(.connectionChanged, detail: JSONText(#"{"state":"x"}"#))

  @Test func aRecordedEventKeepsItsDetail() async throws {
    try await withStore { store in
      let event = try #require(try await store.does(note).events.first)
      #expect(event.detail == JSONText(#"{"state":"x"}"#))
      #expect(try await store.events(after: event.sequence - 1, limit: 1) == [event])
    }
  }

  @Test func theNumberOfEventsIsBounded() async throws {
    try await withStore(limits: limits) { store in
      for _ in 0..<40 { try await store.does(note) }
      #expect(try await store.eventRange() == LocalStore.EventRange(oldest: 31, newest: 40))
      #expect(try await store.events(after: 30, limit: 100).map(\.sequence) == Array(31...40))
    }
  }

  @Test func anExpiredCursorNamesTheOldest() async throws {
    try await withStore(limits: limits) { store in
      for _ in 0..<40 { try await store.does(note) }
      let error = await #expect(throws: FonanaError.self) {
        try await store.events(after: 29, limit: 1)
      }
      #expect(error?.code == .cursorExpired)
      #expect(error?.hint?.contains("30") == true)
      await #expect(throws: FonanaError.self) { try await store.events(after: 41, limit: 1) }
      #expect(try await store.events(after: 40, limit: 1).isEmpty)
    }
  }

  @Test func oldRowsGo() async throws {
    try await withStore(limits: limits) { store in
      try await store.does(
        .enqueue(Sample.item(1)), .enqueue(Sample.item(2)),
        .confirm(Sample.cid(1), Sample.ownMessage(1), at: Sample.time(0)))
      for _ in 0..<10 { _ = try await store.perform([note], at: Sample.time(500)) }
      #expect(try await store.sentEntry(Sample.cid(1)) == nil)
      #expect(try await store.history(of: Sample.cid(1)).isEmpty)
      #expect(try await store.history(of: Sample.cid(2)).count == 1)
      let range = try await store.eventRange()
      #expect(
        try await store.events(after: range.oldest - 1, limit: 99).allSatisfy {
          $0.at == Sample.time(500)
        })
    }
  }
}
