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

  /// Who looks into the store because of it must find it there.
  @Test func aListCountsOnceItIsOnTheDisk() {
    var bench = CoreBench.loggedIn()
    bench.answer(.conversations([listed("c1", last: "m1", at: 1)]), where: \.isList)
    #expect(bench.core.status(at: bench.now).lastListAt == nil)
    bench.commitAll()
    #expect(bench.core.status(at: bench.now).lastListAt == bench.now.wall)
  }

  @Test func aListThatSaysNothingNewWaitsForTheOneBeforeIt() {
    var bench = CoreBench.loggedIn()
    let list = [listed("c1", last: "m1", at: 1)]
    bench.answer(.conversations(list), where: \.isList)
    let wish = bench.wish(.refreshList(patience: .seconds(3)))
    bench.answer(.conversations(list), where: \.isList)
    #expect(!bench.answers.keys.contains(wish))
    bench.commitAll()
    if case .list(true)? = bench.answers[wish] {} else { Issue.record("it was not answered") }
  }

  @Test func whatIsOlderThanTheFirstListWasMissedWhereverItComesFrom() {
    var bench = CoreBench.loggedIn()
    let date = CoreBench.start + .seconds(5)
    let list = ServerReply.conversations([listed("c1", last: "m1", at: 1)])
    bench.answer(.success(list, ServerFacts(date: date)), where: \.isList)
    bench.commitAll()
    bench.answer(
      .page(MessagePage(messages: [message("m1", at: 1)], hasMore: false)), where: \.isPull)
    let backlogs = bench.allActs.compactMap { act in
      if case .applyPage(_, _, _, _, let backlog) = act { backlog } else { nil }
    }
    #expect(backlogs.map(\.before) == [date])
  }

  @Test func whatIsWrittenAfterTheFirstListIsNewsAlsoInTheFirstPreviews() {
    for date in [CoreBench.start + .seconds(5), nil] {
      var bench = CoreBench.loggedIn()
      bench.answer(.success(.conversations([]), ServerFacts(date: date)), where: \.isList)
      bench.commitAll()
      bench.fire(.tick)
      let rows = [preview("m2", at: 6_000), preview("m1", at: 4_000)]
      bench.answer(.notifications(rows, unread: 2)) { $0 == .listNotifications(limit: 1) }
      bench.answer(.notifications(rows, unread: 2)) { $0 == .listNotifications(limit: 50) }
      let backlogs = bench.allActs.compactMap { act in
        if case .applyNotifications(_, _, _, let backlog) = act { backlog } else { nil }
      }
      let isOld = rows.map { row in backlogs.map { $0.includes(row.createdAt) } }
      #expect(isOld == [[date == nil], [true]])
    }
  }
}
