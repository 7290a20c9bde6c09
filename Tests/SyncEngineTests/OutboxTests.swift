import FonanaCore
import Testing

@testable import SyncEngine

@Suite struct OutboxTests {
  private let c1 = ConversationID("c1")

  private func ready(unread: Int = 0, mode: SyncMode = .onRead) -> CoreBench {
    var bench = CoreBench.loggedIn(mode: mode)
    bench.answerList([
      listed("c1", last: "m1", at: 1, unread: unread), listed("c2", last: "n1", at: 1),
    ])
    while bench.answer(
      .page(MessagePage(messages: [], hasMore: false)), where: \.isPull)
    { bench.commitAll() }
    bench.commitAll()
    return bench
  }

  private func confirm(_ bench: inout CoreBench, _ cid: ClientID, as id: String) {
    bench.answer(
      .sent(message(id, at: 50, from: "me", cid: cid), echoedCid: true), where: \.isSend)
    bench.commitAll()
  }

  @Test func theIntentIsOnDiskBeforeThePost() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    #expect(bench.open(\.isSend).isEmpty)
    #expect(bench.state(of: cid) == .intent)
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aSendIsAnsweredAfterItsCommit() {
    var bench = ready()
    let wish = bench.wish(
      .enqueue(
        OutboxItem(
          cid: ClientID("x"), recipient: Recipient(text: "c1", conversationID: c1), content: "x",
          state: .queued, queuedAt: bench.now.wall)))
    #expect(bench.answers[wish] == nil)
    bench.commitAll()
    #expect(bench.answers[wish] != nil)
  }

  @Test func theNextItemWaitsForTheHead() {
    var bench = ready()
    let first = bench.enqueue("one")
    let second = bench.enqueue("two")
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
    #expect(bench.state(of: second) == .queued)
    confirm(&bench, first, as: "s1")
    #expect(bench.state(of: first) == nil)
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func conversationsDoNotWaitForEachOther() {
    var bench = ready()
    _ = bench.enqueue("one", to: "c1")
    _ = bench.enqueue("two", to: "c2")
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 2)
  }

  @Test func notSentIsTriedAgainWithoutALook() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(unreachable, where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: cid) == .queued)
    #expect(bench.open(\.isPull).isEmpty)
    bench.fire(.tick)  // the server is back
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func a500IsLookedUpAndFoundWithoutASecondPost() {
    var bench = ready()
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
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    bench.fire(.outbox(cid))
    bench.answer(.page(MessagePage(messages: [], hasMore: false)), where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == .queued)
    bench.fire(.outbox(cid))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aGatewayErrorNeedsTwoLooksThirtySecondsApart() {
    var bench = ready()
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
      bench.answer(.page(MessagePage(messages: [], hasMore: false)), where: \.isPull)
      bench.commitAll()
    }
    bench.fire(.outbox(cid))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  /// A proxy may answer for a request that it passed on.
  @Test(arguments: [400, 401, 403, 404, 422])
  func aRefusalThatIsNotTheRoutesOwnLeavesDoubt(status: Int) {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(status), where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: cid) == .quarantine)
    #expect(bench.core.outbox.items[cid]?.doubt?.negativesNeeded == 2)
    #expect(bench.open(\.isToken).isEmpty && bench.open(\.isSend).isEmpty)
  }

  @Test func aSendWhoseTokenIsRefusedByTheRouteWaitsForABetterOne() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(401, error: "Invalid token"), where: \.isSend)
    bench.answer(failure(503), where: \.isToken)
    bench.commitAll()
    #expect(bench.state(of: cid) == .queued)
  }

  @Test func theOthersCopyOfOurMarkConfirmsNothing() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    bench.fire(.outbox(cid))
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
    var bench = ready(unread: 3)
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    bench.fire(.outbox(cid))
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

  @Test(arguments: [400, 403, 404, 422])
  func aRefusalParksAndBlocksUntilItIsSkipped(status: Int) {
    var bench = ready()
    let first = bench.enqueue("one")
    let second = bench.enqueue("two")
    bench.commitAll()
    bench.answer(failure(status, error: "no"), where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: first) == .parked)
    #expect(bench.state(of: second) == .queued)
    bench.wish(.outbox(.skip(first)))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func eightRefusalsParkAPoisonedMessage() {
    var bench = ready()
    let cid = bench.enqueue("poison")
    bench.commitAll()
    for _ in 0..<8 {
      bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
      bench.commitAll()
      bench.fire(.outbox(cid))
      bench.answerList([listed("c1", last: "m1", at: 1)])
      bench.answer(.page(MessagePage(messages: [], hasMore: false)), where: \.isPull)
      bench.commitAll()
      bench.fire(.outbox(cid))
      bench.commitAll()
    }
    #expect(bench.state(of: cid) == .parked)
  }

  @Test func withoutAnEchoNothingIsSentAgainByItself() {
    var bench = ready()
    let first = bench.enqueue("one")
    bench.commitAll()
    bench.answer(
      .sent(message("s1", at: 50, from: "me"), echoedCid: false), where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: first) == nil, "confirmed by its id")
    let second = bench.enqueue("two")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    bench.fire(.outbox(second))
    bench.answer(.page(MessagePage(messages: [], hasMore: false)), where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: second) == .parked)
  }

  @Test func aCancelInDoubtIsCarriedOutWhenTheServerDoesNotHaveIt() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.wish(.outbox(.cancel(cid)))
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    bench.fire(.outbox(cid))
    bench.answer(.page(MessagePage(messages: [], hasMore: false)), where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == nil)
    #expect(bench.open(\.isSend).isEmpty)
  }

  @Test func aThrottledSendWaitsAsLongAsTheServerSays() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(
      .failure(
        ServerFailure(.status, phase: .complete, status: 429, retryAfter: .seconds(90))),
      where: \.isSend)
    #expect(bench.timers[.outbox(cid)] == bench.now.boot + .seconds(90))
  }

  @Test func anUnknownNameIsResolvedLaterAndThenSent() {
    var bench = ready()
    let cid = ClientID("late")
    bench.wish(
      .enqueue(
        OutboxItem(
          cid: cid, recipient: Recipient(text: "@dora"), content: "hi", state: .unresolved,
          queuedAt: bench.now.wall)))
    bench.commitAll()
    bench.answer(.user(UserProfile(id: UserID("dora"), nickname: "dora"))) {
      $0 == .lookUpUser(.nickname("dora"))
    }
    bench.commitAll()
    bench.answer(.conversation(ConversationID("c9"), participants: [])) {
      $0 == .createConversation(with: UserID("dora"))
    }
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func anImageIsUploadedOnce() {
    var bench = ready()
    let cid = ClientID("image")
    bench.wish(
      .enqueue(
        OutboxItem(
          cid: cid, recipient: Recipient(text: "c1", conversationID: c1), content: nil,
          image: OutgoingImage(
            fileName: "f.png", contentType: "image/png", byteCount: 1, digest: "d"),
          state: .queued, queuedAt: bench.now.wall)))
    bench.commitAll()
    bench.answer(.uploaded(url: "/u.png")) { $0 == .uploadImage(fileName: "f.png") }
    bench.commitAll()
    bench.answer(unreachable, where: \.isSend)
    bench.commitAll()
    bench.fire(.tick)
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.commitAll()
    #expect(bench.open { if case .uploadImage = $0 { true } else { false } }.isEmpty)
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aConfirmThatCannotBeStoredIsLookedUpAgain() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(
      .sent(message("s1", at: 50, from: "me", cid: cid), echoedCid: true), where: \.isSend)
    bench.failNextCommit()
    #expect(bench.state(of: cid) == .quarantine)
    #expect(bench.timers[.outbox(cid)] != nil)
  }

  @Test func nobodyLoggedInCanSendNothing() {
    var bench = CoreBench()
    bench.feed(.booted(StoreSnapshot(), nil))
    let wish = bench.wish(
      .enqueue(
        OutboxItem(
          cid: ClientID("x"), recipient: Recipient(text: "c1"), content: "x", state: .queued,
          queuedAt: bench.now.wall)))
    guard case .failed(let error)? = bench.answers[wish] else {
      Issue.record("it was accepted")
      return
    }
    #expect(error.code == .notLoggedIn)
  }

  @Test func aNetworkThatComesBackDoesNotEndWhatTheServerAskedFor() {
    var bench = ready()
    _ = bench.enqueue("slowly")
    bench.commitAll()
    let busy = ServerFailure(
      .status, phase: .complete, status: 429, retryAfter: .seconds(600))
    bench.answer(.failure(busy), where: \.isSend)
    bench.commitAll()
    bench.fire(.tick)
    bench.answer(unreachable, where: \.isList)
    bench.answer(unreachable) { $0 == .listNotifications(limit: 1) }
    bench.fire(.tick)
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.commitAll()
    #expect(bench.open(\.isSend).isEmpty)
    bench.pass(.seconds(600))
    bench.fire(.tick)
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aMessageInDoubtIsParkedWhenItsConversationIsGone() {
    var bench = ready()
    let cid = bench.enqueue("late")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    bench.fire(.outbox(cid))
    bench.answerList([listed("c2", last: "n1", at: 1)])
    #expect(bench.open(\.isPull).count == 1)
    bench.answer(failure(404, error: "Conversation not found"), where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == .parked)
    #expect(bench.core.outbox.items[cid]?.reason?.code == .ambiguousDelivery)
  }

  @Test func aMissingAccountStopsSendingUntilTheServerKnowsItAgain() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(404, error: "User not found"), where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: cid) == .queued, "it is neither lost nor parked")
    let status = bench.core.status(at: bench.now)
    #expect(status.token == .refused && status.lastServerError?.code == .refused)
    bench.pass(.seconds(600))
    bench.fire(.outbox(cid))
    #expect(bench.open(\.isSend).isEmpty)
    bench.fire(.tick)
    bench.answerList([listed("c1", last: "m1", at: 1), listed("c2", last: "n1", at: 1)])
    #expect(bench.open(\.isSend).count == 1)
    #expect(bench.core.status(at: bench.now).token == .valid)
  }

  /// A wait that was too short by a rounding error made the timer fire without end.
  @Test func debtsArePaidAfterTheirTime() {
    for step in 1...200 {
      var budget = RequestBudget(burst: 20, perMinute: 30)
      var now = Duration.milliseconds(step * 37)
      for _ in 0..<25 { budget.charge(at: now) }
      var waits = 0
      while let delay = budget.debt(at: now), waits < 5 {
        now += delay
        waits += 1
      }
      #expect(waits == 1, "\(step)")
    }
  }

  /// What can't be read may be the very message that is looked for.
  @Test func aLookThatCanNotReadEverythingProvesNoAbsence() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    bench.fire(.outbox(cid))
    bench.answer(
      .page(MessagePage(messages: [message("m1", at: 1)], hasMore: false, skipped: 1)),
      where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == .parked)
    #expect(bench.core.outbox.items[cid]?.reason?.code == .ambiguousDelivery)
    #expect(bench.core.status(at: bench.now).unreadable == 1)
  }
}
