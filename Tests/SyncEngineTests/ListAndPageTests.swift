import FonanaCore
import Testing

@testable import SyncEngine

/// A list and a page of the same conversation that are on their way at once.
@Suite struct ListAndPageTests {
  private let c1 = ConversationID("c1")

  /// The page was made before the message that the list counts: the next one would tick it.
  @Test func whatAListCountsIsNotReadByAPageThatWasAskedForBefore() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m2", at: 2)])
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([listed("c1", last: "m3", at: 3, unread: 1)])
    bench.answerPull(message("m1", at: 1), message("m2", at: 2))
    bench.fireOrPass(.pulls)
    #expect(bench.core.book[c1]?.state.listUnread == 1)
    #expect(bench.open(\.isPull).isEmpty)
  }

  @Test func aPageThatWasAskedForAfterTheListHasReadWhatItCounts() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m2", at: 2, unread: 1)])
    bench.wish(.prepareRead(c1, wantsAll: false, patience: .seconds(3)))
    bench.answerPull(message("m1", at: 1), message("m2", at: 2))
    #expect(bench.core.book[c1]?.state.listUnread == 0)
  }

  /// It was read elsewhere, so that no count will tell of it again.
  @Test func whatAListShowsWhileAPageIsOnItsWayIsFetchedAfterIt() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 1)])
    bench.commitAll()
    bench.pass(.seconds(60))
    bench.fire(.tick)
    #expect(bench.open(\.isPull).count == 1)
    bench.answerList([listed("c1", last: "m5", at: 5)])
    bench.answer(
      .page(MessagePage(messages: [message("m1", at: 1)], hasMore: false)), where: \.isPull)
    bench.commitAll()
    bench.pass(.seconds(60))
    bench.fire(.tick)
    bench.answerList([listed("c1", last: "m5", at: 5)])
    bench.fire(.pulls)
    #expect(bench.open(\.isPull).count == 1)
    bench.answer(
      .page(MessagePage(messages: [message("m1", at: 1)], hasMore: false)), where: \.isPull)
    #expect(bench.core.book.coverage(of: c1).isWhole, "it is deleted, and no gap for ever")
  }
}
