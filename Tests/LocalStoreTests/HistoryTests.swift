import FonanaCore
import FonanaTestSupport
import Testing

@testable import LocalStore

/// The random histories of `PagingTests` on the real store.
@Suite(.timeLimit(.minutes(2)))
struct HistoryTests {
  private static let count = 60

  @Test func aRandomHistoryEndsInAStoreEqualToTheServer() async throws {
    var acts = 0
    for seed in 0..<UInt64(Self.count) {
      var history = PagingHistory(seed: seed, isRecording: true)
      #expect(history.run() == nil)
      acts += history.client.acts.count
      try await withStore { store in
        for act in history.client.acts { try await store.does(act) }
        let rows = try await store.messages(
          MessageQuery(in: ConversationID("c"), limit: 10_000), mode: .eager
        ).rows.map(\.message)
        #expect(
          rows.map(\.position) == history.server.messages.sorted(), "seed \(seed)")
        #expect(rows.allSatisfy { $0.content == $0.id.rawValue && $0.isComplete })
      }
    }
    print("histories on the real store: \(Self.count), \(acts) pages and lists")
    #expect(acts > Self.count * 10)
  }
}
