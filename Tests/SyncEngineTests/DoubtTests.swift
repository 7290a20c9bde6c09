import FonanaCore
import Testing

@testable import SyncEngine

/// A send whose fate is not known is looked up, and never just sent again.
@Suite struct DoubtTests {
  private let c1 = ConversationID("c1")

  @Test func a500IsLookedUpAndFoundWithoutASecondPost() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: cid) == .quarantine)
    bench.fire(.outbox(cid))
    bench.answer(
      .page(MessagePage(messages: [message("s1", at: 50, from: "me", cid: cid)], hasMore: false)),
      where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == nil)
    #expect(bench.open(\.isSend).isEmpty)
    #expect(bench.stages.contains(.itemFound))
  }

  @Test func a500ThatStoredNothingIsSentAgainAfterOneLook() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueueInDoubt("hello")
    bench.answerPull()
    #expect(bench.state(of: cid) == .queued)
    bench.fire(.outbox(cid))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aGatewayErrorNeedsTwoLooksThirtySecondsApart() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(502), where: \.isSend)
    bench.commitAll()
    let first = bench.now.boot
    for look in 1...2 {
      #expect(bench.open(\.isSend).isEmpty)
      bench.fire(.outbox(cid))
      bench.answerList([listed("c1", last: "m1", at: 1)])
      #expect(bench.now.boot - first >= .seconds(30 * look))
      bench.answerPull()
    }
    bench.fire(.outbox(cid))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  /// A proxy may answer for a request that it passed on.
  @Test(arguments: [400, 401, 403, 404, 422])
  func aRefusalThatIsNotTheRoutesOwnLeavesDoubt(status: Int) {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(status), where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: cid) == .quarantine)
    #expect(bench.core.outbox.items[cid]?.doubt?.negativesNeeded == 2)
    #expect(bench.open(\.isToken).isEmpty && bench.open(\.isSend).isEmpty)
  }

  @Test func theOthersCopyOfOurMarkConfirmsNothing() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueueInDoubt("hello")
    bench.answer(
      .page(MessagePage(messages: [message("s1", at: 50, cid: cid)], hasMore: false)),
      where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == .queued)
  }

  @Test func aRestartWithAnOpenIntentLooksBeforeItSends() {
    var item = OutboxItem(
      sequence: 1, cid: ClientID("x"),
      recipient: Recipient(text: "c1", userID: UserID("friend-of-c1"), conversationID: c1),
      content: "x", state: .intent, attempts: 1, queuedAt: CoreBench.start)
    item.doubt = Doubt(fence: nil, negativesNeeded: 2, isHandlerDone: false)
    var bench = CoreBench.loggedIn(
      snapshot: StoreSnapshot(account: CoreBench.account, outbox: [item]))
    bench.commitAll()
    #expect(bench.state(of: item.cid) == .quarantine)
    #expect(bench.open(\.isSend).isEmpty)
  }

  @Test func looksWaitForUnreadMessagesAndAreForcedAfterTwoMinutes() {
    var bench = CoreBench.withTwoTalks(unread: 3)
    let cid = bench.enqueueInDoubt("hello")
    #expect(bench.open(\.isPull).isEmpty)
    while bench.now.boot < .seconds(110) {
      bench.fireOrPass(.outbox(cid))
      bench.answerList([listed("c1", last: "m1", at: 1, unread: 3)])
      #expect(bench.open(\.isPull).isEmpty)
    }
    while bench.now.boot < .seconds(140) {
      bench.fireOrPass(.outbox(cid))
      bench.answerList([listed("c1", last: "m1", at: 1, unread: 3)])
    }
    #expect(bench.open(\.isPull).count == 1)
    #expect(bench.allActs.contains(.count(.forcedReads)))
  }

  @Test(arguments: [false, true])
  func theNextPageOfALookWaitsForUnreadMessagesToo(_ isOnHold: Bool) {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueueInDoubt("hello")
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([listed("c1", last: "m3", at: 30, unread: isOnHold ? 2 : 1)])
    #expect((bench.timers[.burst] != nil) == isOnHold)
    bench.answer(
      .page(MessagePage(messages: [message("m2", at: 20)], hasMore: true)), where: \.isPull)
    bench.commitAll()
    #expect(bench.open(\.isPull).isEmpty)
    #expect(bench.state(of: cid) == .quarantine)
    bench.answer(.notifications(CoreBench.burst, unread: 2), where: \.isBurst)
    while bench.now.boot < .seconds(60), bench.core.outbox.reconciles.isEmpty {
      bench.fireOrPass(.outbox(cid))
      bench.answerList([listed("c1", last: "m3", at: 30)])
    }
    #expect(bench.core.outbox.reconciles[c1]?.items == [cid])
  }

  @Test func neverReadParksInstead() {
    var bench = CoreBench.loggedIn(reconcile: .neverRead)
    bench.answerList([listed("c1", last: "m1", at: 1, unread: 1)])
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    while bench.now.boot < .seconds(140) {
      bench.fireOrPass(.outbox(cid))
      bench.answerList([listed("c1", last: "m1", at: 1, unread: 1)])
    }
    #expect(bench.state(of: cid) == .parked)
    #expect(bench.open(\.isPull).isEmpty)
  }

  @Test func eightRefusalsParkAPoisonedMessage() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("poison")
    bench.commitAll()
    for _ in 0..<8 {
      bench.failSend(of: cid)
      bench.answerList([listed("c1", last: "m1", at: 1)])
      bench.answerPull()
      bench.fire(.outbox(cid))
      bench.commitAll()
    }
    #expect(bench.state(of: cid) == .parked)
  }

  @Test func withoutAnEchoNothingIsSentAgainByItself() {
    var bench = CoreBench.withTwoTalks()
    let first = bench.enqueue("one")
    bench.commitAll()
    bench.answer(
      .sent(message("s1", at: 50, from: "me"), echoedCid: false), where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: first) == nil, "confirmed by its id")
    let second = bench.enqueueInDoubt("two")
    bench.answerPull()
    #expect(bench.state(of: second) == .parked)
  }

  @Test func manyEchoesInARowGiveTheTrustBack() {
    var bench = CoreBench.withTwoTalks()
    func send(_ text: String, echoed: Bool) {
      let cid = bench.enqueue(text)
      bench.commitAll()
      let stored = message("of-\(text)", at: 50, from: "me", cid: echoed ? cid : nil)
      bench.answer(.sent(stored, echoedCid: echoed), where: \.isSend)
      bench.commitAll()
    }
    send("unmarked", echoed: false)
    for number in 1..<Outbox.echoesForTrust { send("\(number)", echoed: true) }
    #expect(!bench.core.outbox.isEchoing)
    send("interrupted", echoed: false)
    for number in 1..<Outbox.echoesForTrust { send("again \(number)", echoed: true) }
    #expect(!bench.core.outbox.isEchoing)
    send("last", echoed: true)
    #expect(bench.core.outbox.isEchoing)
    #expect(bench.allActs.contains { if case .noteEcho(true) = $0 { true } else { false } })
    let second = bench.enqueueInDoubt("two")
    bench.answerPull()
    #expect(bench.state(of: second) == .queued)
  }

  @Test func aMessageInDoubtThatWasSentWithoutTrustKeepsItAway() {
    var bench = CoreBench.withTwoTalks()
    bench.core.outbox.isEchoing = false
    let doubtful = bench.enqueueInDoubt("doubt")
    for number in 0..<Outbox.echoesForTrust {
      let cid = bench.enqueue("\(number)", to: "c2")
      bench.commitAll()
      let stored = message("n-\(number)", in: "c2", at: 50, from: "me", cid: cid)
      bench.answer(.sent(stored, echoedCid: true), where: \.isSend)
      bench.commitAll()
    }
    #expect(bench.state(of: doubtful) == .quarantine)
    #expect(!bench.core.outbox.isEchoing)
  }

  @Test func aCancelInDoubtIsCarriedOutWhenTheServerDoesNotHaveIt() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.wish(.outbox(.cancel(cid)))
    bench.failSend(of: cid)
    bench.answerPull()
    #expect(bench.state(of: cid) == nil)
    #expect(bench.open(\.isSend).isEmpty)
  }

  @Test func aConfirmThatCannotBeStoredIsLookedUpAgain() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(
      .sent(message("s1", at: 50, from: "me", cid: cid), echoedCid: true), where: \.isSend)
    bench.failNextCommit()
    #expect(bench.state(of: cid) == .quarantine)
    #expect(bench.timers[.outbox(cid)] != nil)
  }

  @Test func aMessageInDoubtIsParkedWhenItsConversationIsGone() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueueInDoubt("late")
    bench.answerList([listed("c2", last: "n1", at: 1)])
    #expect(bench.open(\.isPull).count == 1)
    bench.answer(failure(404, error: "Conversation not found"), where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == .parked)
    #expect(bench.core.outbox.items[cid]?.reason?.code == .ambiguousDelivery)
  }

  /// What can't be read may be the very message that is looked for.
  @Test func aLookThatCanNotReadEverythingProvesNoAbsence() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueueInDoubt("hello")
    bench.answer(
      .page(MessagePage(messages: [message("m1", at: 1)], hasMore: false, unreadable: [0])),
      where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == .parked)
    #expect(bench.core.outbox.items[cid]?.reason?.code == .ambiguousDelivery)
    #expect(bench.core.status(at: bench.now).unreadable == 1)
  }
}
