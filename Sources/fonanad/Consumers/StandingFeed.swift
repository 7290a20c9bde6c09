import FonanaCore
import LocalStore

/// The events after a cursor, in order and none left out: read from the store, the hub only says
/// when to look.
struct StandingFeed {
  private static let pageLength = 200

  private let store: LocalStore
  private var rings: AsyncStream<Void>.Iterator
  /// Of the last event that was given.
  private(set) var cursor: Int64

  init(_ store: LocalStore, _ bell: EventBell, after cursor: Int64) {
    self.store = store
    rings = bell.rings.makeAsyncIterator()
    self.cursor = cursor
  }

  /// Waits until there is something; nil when the bell is cancelled or the daemon stops.
  mutating func next() async throws(FonanaError) -> EventPage? {
    while true {
      let page = try await store.eventPage(after: cursor, limit: Self.pageLength)
      cursor = page.events.last?.sequence ?? page.lost.map { $0.upperBound - 1 } ?? cursor
      if page.lost != nil || !page.events.isEmpty { return page }
      guard await rings.next(isolation: #isolation) != nil else { return nil }
    }
  }
}
