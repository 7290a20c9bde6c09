import FonanaCore
import Testing

@testable import SyncEngine

/// What a list tells beside its rows: what was missed, and whether the server can be believed.
@Suite struct ListTests {
  /// Somebody answers, so the server counts as reached; but nothing comes.
  @Test func aServerThatAnswersWithFailuresIsNotSynced() {
    var bench = CoreBench.loggedIn()
    bench.answerList([])
    #expect(bench.core.status(at: bench.now).sync == .synced)
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answer(failure(502), where: \.isList)
    #expect(bench.core.status(at: bench.now).sync == .behind)
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([])
    #expect(bench.core.status(at: bench.now).sync == .synced)
  }

  /// The date of an answer has whole seconds.
  @Test func whatTheFirstListShowsIsOldThoughYoungerThanItsDate() {
    var bench = CoreBench.loggedIn()
    let list = [listed("c1", last: "m1", at: 700, unread: 1)]
    bench.answer(
      .success(.conversations(list), ServerFacts(date: Timestamp(milliseconds: 0))),
      where: \.isList)
    let backlog = bench.core.poll.backlog(false)
    let shown = list.compactMap(\.last?.createdAt)
    #expect(shown.count == 1 && shown.allSatisfy(backlog.includes))
    #expect(!backlog.includes(shown[0] + .milliseconds(1)))
  }

  @Test func whatCameWhileNobodyLookedIsToldOnceAndNotAfterALogin() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 1, unread: 3), listed("c2", last: "n1", at: 1)])
    let missed = bench.core.status(at: bench.now).missed
    #expect(missed?.number == 1)
    #expect(missed?.parts.map(\.count) == [3])
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([listed("c1", last: "m2", at: 2, unread: 4)])
    #expect(bench.core.status(at: bench.now).missed == missed)

    var fresh = CoreBench(mode: .onRead)
    fresh.feed(.booted(StoreSnapshot(), nil))
    fresh.wish(.logIn(wallet: "wallet", keepNew: true))
    fresh.answer(grant("token-1"), where: \.isToken)
    fresh.commitAll()
    fresh.answerList([listed("c1", last: "m1", at: 1, unread: 3)])
    #expect(fresh.core.book[ConversationID("c1")]?.state.listUnread == 3)
    #expect(fresh.core.status(at: fresh.now).missed == nil)
  }
}
