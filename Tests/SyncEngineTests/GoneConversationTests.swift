import FonanaCore
import Testing

@testable import SyncEngine

/// A conversation that two whole lists in a row do not hold is gone.
@Suite struct GoneConversationTests {
  private let c1 = ConversationID("c1")

  @Test func aConversationThatIsGoneIsNotAskedForAgainUntilAListShowsIt() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 1)])
    #expect(bench.open(\.isPull).count == 1)
    bench.answer(failure(404, error: "Conversation not found"), where: \.isPull)
    for _ in 0..<5 {
      bench.fire(.tick)
      bench.answerList([])
    }
    #expect(bench.open(\.isPull).isEmpty)
    bench.fire(.tick)
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([listed("c1", last: "m1", at: 1)])
    #expect(bench.open(\.isPull).count == 1)
  }

  @Test func aConversationThatTwoListsMissIsGoneUntilAListHoldsItAgain() {
    var bench = CoreBench.loggedIn()
    let (here, other) = (listed("c1", last: "m1", at: 1), listed("c2", last: "n1", at: 1))
    bench.answerList([here, other])
    while bench.answer(failure(503), where: \.isPull) {}
    for missed in 1...2 {
      #expect(bench.goneActs.isEmpty)
      bench.wish(.refreshList(patience: .seconds(3)))
      bench.answerList([other])
      #expect(bench.core.book[c1]?.missedLists == missed)
    }
    #expect(bench.goneActs == [[c1]])
    bench.fire(.pulls)
    let isAsked = bench.open(\.isPull).contains { request in
      if case .listMessages(c1, _, _, _) = request { true } else { false }
    }
    #expect(!isAsked)
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([here, other])
    #expect(bench.core.book[c1]?.missedLists == 0)
    #expect(bench.core.book[c1]?.state.isGone == false)
  }

  @Test func aGoneConversationThatCouldNotBeStoredIsNotedByTheNextList() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 1)])
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([])
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answer(.conversations([])) { $0 == .listConversations }
    bench.failNextCommit()
    #expect(bench.core.book[c1]?.state.isGone == false)
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([])
    #expect(bench.goneActs == [[c1], [c1]])
    #expect(bench.core.book[c1]?.state.isGone == true)
  }

  @Test func theOutboxOfAConversationThatIsGoneIsParkedUntilItIsBack() {
    var bench = CoreBench.loggedIn()
    let here = listed("c1", last: "m1", at: 1)
    bench.answerList([here])
    for _ in 1...2 {
      bench.wish(.refreshList(patience: .seconds(3)))
      bench.answerList([])
    }
    let cid = bench.enqueue("hello")
    bench.commitAll()
    #expect(bench.state(of: cid) == .parked)
    #expect(bench.core.outbox.items[cid]?.reason?.code == .notFound)
    #expect(bench.open(\.isSend).isEmpty)
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([here])
    #expect(bench.open(\.isSend).count == 1)
    #expect(bench.core.book[c1]?.isGone == false)
  }

  /// An element of the list that can't be read is no conversation that is gone.
  @Test func aListThatIsNotWholeMissesNothing() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 1)])
    for _ in 1...3 {
      bench.wish(.refreshList(patience: .seconds(3)))
      bench.answer(.success(.conversations([]), ServerFacts(skipped: 1)), where: \.isList)
      bench.commitAll()
    }
    #expect(bench.goneActs.isEmpty)
  }
}
