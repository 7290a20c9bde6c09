import FonanaCore
import Testing

@testable import SyncEngine

@Suite struct PullTests {
  private let c1 = ConversationID("c1")

  @Test func unreadMessagesAreNotFetchedUnasked() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", unread: 1), listed("c2", last: "n1", unread: 0)])
    let pulled = bench.open(\.isPull)
    #expect(pulled.count == 1)
    guard case .listMessages(let id, _, _, _)? = pulled.first else { return }
    #expect(id == ConversationID("c2"))
  }

  @Test func eagerModeFetchesEverything() {
    var bench = CoreBench.loggedIn(mode: .eager)
    bench.answerList([listed("c1", last: "m1", unread: 1), listed("c2", last: "n1", unread: 2)])
    #expect(bench.open(\.isPull).count == 2)
  }

  @Test func aListIsAGapUntilAPullJoinsIt() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", unread: 1)])
    #expect(bench.core.book.coverage(of: c1).gaps.count == 1)
    let wish = bench.wish(.prepareRead(c1, wantsAll: false, patience: .seconds(3)))
    bench.answer(.page(MessagePage(messages: [message("m1")], hasMore: false)), where: \.isPull)
    #expect(bench.answers[wish] == nil, "the page is not on disk yet")
    bench.commitAll()
    guard case .read(let freshness)? = bench.answers[wish] else {
      Issue.record("no answer")
      return
    }
    #expect(freshness.didTick)
    #expect(freshness.source == .poll)
    #expect(bench.core.book.coverage(of: c1).isWhole)
  }

  /// As whoever waits for the tick of a message must: no list shows it.
  @Test func aReadThatInsistsAsksTheServerHoweverCurrentTheMirrorIs() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", unread: 0)])
    let page = MessagePage(messages: [message("m1")], hasMore: false)
    bench.answer(.page(page), where: \.isPull)
    bench.commitAll()
    let usual = bench.wish(.prepareRead(c1, wantsAll: false, patience: .seconds(3)))
    #expect(bench.answers[usual] != nil && bench.open(\.isPull).isEmpty)
    let wish = bench.wish(.prepareRead(c1, wantsAll: false, insists: true, patience: .seconds(3)))
    #expect(bench.answers[wish] == nil && bench.open(\.isPull).count == 1)
    bench.answer(.page(page), where: \.isPull)
    bench.commitAll()
    guard case .read(let freshness)? = bench.answers[wish] else {
      Issue.record("no answer")
      return
    }
    #expect(freshness.didTick)
  }

  @Test func aReadIsAnsweredFromDiskWhenTheServerIsGone() {
    var bench = CoreBench.loggedIn()
    bench.answer(unreachable, where: \.isList)
    let wish = bench.wish(.prepareRead(c1, wantsAll: false, patience: .seconds(3)))
    guard case .read(let freshness)? = bench.answers[wish] else {
      Issue.record("it waits although the server is known to be gone")
      return
    }
    #expect(freshness.source == .stale)
    #expect(!freshness.didTick)
  }

  /// What a read fetches is marked read at the server, and could be neither kept nor shown.
  @Test func nothingThatTicksIsFetchedWhileTheDiskTakesNothing() {
    var bench = CoreBench.loggedIn()
    bench.answer(.conversations([listed("c1", last: "m1", unread: 1)])) { $0 == .listConversations }
    bench.failNextCommit()
    let wish = bench.wish(.prepareRead(c1, wantsAll: false, patience: .seconds(3)))
    #expect(bench.open(\.isPull).isEmpty)
    guard case .read(let freshness)? = bench.answers[wish] else {
      Issue.record("no answer")
      return
    }
    #expect(freshness.source == .stale)
    bench.answerList([listed("c1", last: "m1", unread: 1)])
    bench.wish(.prepareRead(c1, wantsAll: false, patience: .seconds(3)))
    #expect(bench.open(\.isPull).count == 1, "the list was asked for at once, and was stored")
  }

  @Test func aReaderDoesNotWaitLongerThanItsPatience() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", unread: 1)])
    let wish = bench.wish(.prepareRead(c1, wantsAll: false, patience: .seconds(3)))
    bench.fire(.patience(wish))
    guard case .read(let freshness)? = bench.answers[wish] else {
      Issue.record("no answer")
      return
    }
    #expect(freshness.source == .stale)
  }

  @Test func aListThatIsTooOldAllowsNoPull() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m9", unread: 0)])
    bench.answer(
      .page(MessagePage(messages: [message("m9", at: 9), message("m8", at: 8)], hasMore: true)),
      where: \.isPull)
    bench.commitAll()
    bench.pass(.seconds(40))
    bench.answer(
      .page(MessagePage(messages: [message("m8", at: 8), message("m7", at: 7)], hasMore: true)),
      where: \.isPull)
    bench.commitAll()
    bench.fire(.pulls)
    #expect(bench.open(\.isPull).isEmpty)
    #expect(bench.open(\.isList).count == 1, "a fresh list is asked for")
    bench.answerList([listed("c1", last: "m9", unread: 0)])
    #expect(bench.open(\.isPull).count == 1)
  }

  @Test func aFailedCommitMakesTheGapComeBack() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 1, unread: 0)])
    bench.answer(
      .page(MessagePage(messages: [message("m1", at: 1)], hasMore: false)), where: \.isPull)
    #expect(bench.core.book.coverage(of: c1).isWhole)
    bench.failNextCommit()
    #expect(!bench.core.book.coverage(of: c1).isWhole)
  }

  /// It may have held what came late and lies below what is known.
  @Test func aLostPageOfWhatIsKnownIsReadAgain() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 1, unread: 0)])
    let page = ServerReply.page(MessagePage(messages: [message("m1", at: 1)], hasMore: false))
    bench.answer(page, where: \.isPull)
    bench.commitAll()
    #expect(bench.core.book.coverage(of: c1).isWhole)
    bench.wish(.prepareRead(c1, wantsAll: false, insists: true, patience: .seconds(3)))
    bench.answer(page, where: \.isPull)
    bench.failNextCommit()
    #expect(!bench.core.book.coverage(of: c1).isWhole)
  }

  @Test func readHereWhileOfflineIsTickedOnlyWhenNothingNewerCame() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 1, unread: 1)])
    let read = MessagePosition(createdAt: CoreBench.start + .milliseconds(1), id: MessageID("m1"))
    bench.pass(.seconds(60))
    bench.wish(.markRead(c1, through: read))
    bench.commitAll()
    bench.fire(.tick)
    bench.answerList([listed("c1", last: "m2", at: 2, unread: 2)])
    #expect(bench.open(\.isPull).isEmpty, "something newer came: only the next read ticks")
    bench.fire(.tick)
    bench.feed(.attentionBegan)
    bench.answerList([listed("c1", last: "m1", at: 1, unread: 1)])
    #expect(bench.open(\.isPull).count == 1)
  }

  @Test func atMostTwoPullsAreUnderWay() {
    var bench = CoreBench.loggedIn(mode: .eager)
    bench.answerList((1...9).map { listed("c\($0)", last: "m\($0)", unread: 0) })
    #expect(bench.open(\.isPull).count == 2)
  }

  @Test func aPageThatFailsIsAskedForAgainSmallerDownToOneMessage() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m99", at: 5, unread: 200)])
    var limits: [Int] = []
    for _ in 0..<12 {
      bench.wish(.prepareRead(c1, wantsAll: false, patience: .seconds(3)))
      if case .listMessages(_, let limit, _, _)? = bench.open(\.isPull).first {
        limits.append(limit)
      }
      bench.answer(failure(504), where: \.isPull)
    }
    #expect(limits.first == 250, "all that is unread, and the overlap")
    #expect(limits.last == 1)
    #expect(zip(limits, limits.dropFirst()).allSatisfy { $1 == max($0 / 2, 1) }, "\(limits)")
  }

  @Test func aPageThatIsOneInstantIsAskedForAgainLarger() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m99", at: 5, unread: 0)])
    let ties = (0..<100).map { message("m\($0)", at: 5) }
    bench.answer(.page(MessagePage(messages: ties, hasMore: true)), where: \.isPull)
    bench.commitAll()
    bench.fire(.pulls)
    guard case .listMessages(_, let limit, _, _)? = bench.open(\.isPull).first else {
      Issue.record("no second pull")
      return
    }
    #expect(limit >= 200)
  }

  /// It would pop up nowhere otherwise, when the first previews come before the next list.
  @Test func aReaderWhoComesWhileAPageIsOnItsWayWaitsForTheNext() {
    var bench = CoreBench.withTwoTalks()
    let first = bench.wish(
      .prepareRead(c1, wantsAll: false, insists: true, patience: .seconds(3)))
    bench.pass(.milliseconds(10))
    let second = bench.wish(
      .prepareRead(c1, wantsAll: false, insists: true, patience: .seconds(3)))
    #expect(bench.open(\.isPull).count == 1)
    bench.answerPull(message("m1", at: 1))
    #expect(bench.answers[first] != nil && bench.answers[second] == nil)
    bench.answerPull(message("m2", at: 2), message("m1", at: 1))
    #expect(bench.answers[second] != nil)
  }
}
