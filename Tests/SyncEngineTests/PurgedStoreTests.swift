import FonanaCore
import Testing

@testable import SyncEngine

/// After “logout --purge” nothing of the account before reaches the one that logs in next.
@Suite struct PurgedStoreTests {
  @Test func whatWasAskedForTheAccountBeforeIsAbandoned() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 1)])
    let list = bench.wish(.refreshList(patience: .seconds(3)))
    let call = bench.wish(.call(.listNotifications(limit: 9), patience: .seconds(3)))
    bench.wish(.logOut)
    bench.feed(.storePurged)
    if case .list(false)? = bench.answers[list] {} else { Issue.record("it waits in vain") }
    if case .failed? = bench.answers[call] {} else { Issue.record("it waits in vain") }
    bench.allActs = []
    bench.answer(.conversations([listed("c2", last: "m2", at: 2)]), where: \.isList)
    bench.answer(.notifications([preview("m2", at: 2)], unread: 1)) {
      if case .listNotifications = $0 { true } else { false }
    }
    bench.commitAll()
    #expect(bench.allActs.isEmpty)
    #expect(bench.core.book.order.isEmpty)
  }

  /// What was forgotten while a page was being written is not asked for when the next one fails.
  @Test func aCommitUnderWayKnowsWhatWasForgotten() {
    var bench = CoreBench.loggedIn()
    bench.answer(.conversations([listed("c1", last: "m9", at: 9)]), where: \.isList)
    bench.commitAll()
    bench.answer(
      .page(MessagePage(messages: [message("m9", at: 9), message("m8", at: 8)], hasMore: true)),
      where: \.isPull)
    let limit = CoreBench.start + .seconds(3600)
    bench.feed(.storeForgot(ConversationID("c1"), before: limit))
    bench.commitAll()
    #expect(bench.core.durable[ConversationID("c1")]?.floor == limit)
  }
}
