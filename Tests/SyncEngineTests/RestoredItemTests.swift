import FonanaCore
import Testing

@testable import SyncEngine

/// What comes from a backup may have been sent since: it is looked for before it is sent.
@Suite struct RestoredItemTests {
  private let c1 = ConversationID("c1")

  private func item(
    _ number: Int64, state: OutboxState = .queued, age: Duration = .zero
  ) -> OutboxItem {
    OutboxItem(
      sequence: number, cid: ClientID("x\(number)"),
      recipient: Recipient(text: "c1", userID: UserID("friend-of-c1"), conversationID: c1),
      content: "x\(number)", state: state,
      doubt: Doubt(fence: CoreBench.start, negativesNeeded: 2, isHandlerDone: false),
      queuedAt: CoreBench.start - age, isRestored: true)
  }

  private func bench(_ items: OutboxItem..., pulling page: [ServerMessage] = []) -> CoreBench {
    var bench = CoreBench.loggedIn(
      snapshot: StoreSnapshot(
        account: CoreBench.account,
        conversations: [ConversationState(id: c1, participantID: UserID("friend-of-c1"))],
        outbox: items))
    bench.commitAll()
    bench.answerList([listed("c1", last: "m1", at: 1)])
    bench.answer(.page(MessagePage(messages: page, hasMore: false)), where: \.isPull)
    bench.commitAll()
    return bench
  }

  private func look(_ bench: inout CoreBench, at cid: ClientID, finding page: [ServerMessage]) {
    bench.fire(.outbox(cid))
    bench.answerList([listed("c1", last: "m1", at: 1)])
    bench.answer(.page(MessagePage(messages: page, hasMore: false)), where: \.isPull)
    bench.commitAll()
  }

  @Test func aRestoredMessageIsLookedForBeforeItIsSent() {
    var bench = bench(item(1))
    #expect(bench.state(of: item(1).cid) == .quarantine)
    for _ in 1...2 {
      #expect(bench.open(\.isSend).isEmpty)
      look(&bench, at: item(1).cid, finding: [])
    }
    bench.fire(.outbox(item(1).cid))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1, "the server does not have it")
  }

  @Test func oneThatTheServerHasIsConfirmedWithoutASend() {
    var bench = bench(item(1), item(2))
    look(
      &bench, at: item(1).cid,
      finding: [
        message("s2", at: 60, from: "me", cid: item(2).cid),
        message("s1", at: 50, from: "me", cid: item(1).cid),
      ])
    #expect(bench.core.outbox.items.isEmpty)
    #expect(bench.open(\.isSend).isEmpty)
  }

  @Test func aPageThatWasFetchedForAnotherReasonConfirmsItToo() {
    var waiting = item(1, state: .held)
    waiting.doubt = Doubt(fence: CoreBench.start, negativesNeeded: 1, isHandlerDone: true)
    let bench = bench(
      waiting, pulling: [message("s1", at: 50, from: "me", cid: waiting.cid)])
    #expect(bench.core.outbox.items.isEmpty)
  }

  @Test func aHeldOneIsLookedForOnceItIsReleased() {
    var waiting = item(1, state: .held, age: .seconds(90 * 86_400))
    waiting.doubt = Doubt(fence: CoreBench.start, negativesNeeded: 1, isHandlerDone: true)
    var bench = bench(waiting)
    #expect(bench.state(of: waiting.cid) == .held)
    bench.wish(.outbox(.release(waiting.cid)))
    bench.commitAll()
    #expect(bench.state(of: waiting.cid) == .quarantine)
    look(&bench, at: waiting.cid, finding: [])
    bench.fire(.outbox(waiting.cid))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1, "whoever released it has said that it should go")
  }

  @Test func oneFromLongAgoAsksBeforeItIsSent() {
    var bench = bench(item(1, age: .seconds(90 * 86_400)))
    for _ in 1...2 { look(&bench, at: item(1).cid, finding: []) }
    #expect(bench.state(of: item(1).cid) == .parked)
    bench.wish(.outbox(.retry(item(1).cid)))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  /// It was parked since its conversation was gone: nobody has said that it should go now.
  @Test func oneThatGoesOnUnaskedIsLookedForTwice() {
    var waiting = item(1, state: .parked)
    waiting.doubt = Doubt(fence: CoreBench.start, negativesNeeded: 1, isHandlerDone: true)
    waiting.reason = FonanaError(.notFound, "gone")
    var bench = CoreBench.loggedIn(
      snapshot: StoreSnapshot(
        account: CoreBench.account,
        conversations: [
          ConversationState(id: c1, participantID: UserID("friend-of-c1"), isGone: true)
        ], outbox: [waiting]))
    bench.commitAll()
    bench.answerList([listed("c1", last: "m1", at: 1)])
    bench.commitAll()
    #expect(bench.state(of: waiting.cid) == .quarantine)
    #expect(
      bench.core.outbox.items[waiting.cid]?.doubt
        == Doubt(fence: CoreBench.start, negativesNeeded: 2, isHandlerDone: false))
  }

  /// The server may have it: a cancel waits for that.
  @Test(arguments: [true, false])
  func aCancelWaitsForTheLook(isThere: Bool) {
    let waiting = item(1, state: .held)
    var bench = bench(waiting)
    bench.wish(.outbox(.cancel(waiting.cid)))
    bench.commitAll()
    #expect(bench.state(of: waiting.cid) == .quarantine)
    #expect(bench.core.outbox.items[waiting.cid]?.isCancelWanted == true)
    let row = message("s1", at: 50, from: "me", cid: waiting.cid)
    for _ in 1...2 { look(&bench, at: waiting.cid, finding: isThere ? [row] : []) }
    #expect(bench.core.outbox.items.isEmpty)
    #expect(bench.open(\.isSend).isEmpty)
    let isConfirmed = bench.allActs.contains { if case .confirm = $0 { true } else { false } }
    #expect(isConfirmed == isThere)
  }

  /// A look that began before its waiting time was over says nothing of it.
  @Test func aLookForAnotherDoesNotCount() {
    var second = item(2, state: .held)
    second.doubt = Doubt(fence: CoreBench.start, negativesNeeded: 1, isHandlerDone: true)
    var bench = bench(item(1), second)
    bench.pass(.seconds(29))
    bench.wish(.outbox(.release(second.cid)))
    bench.commitAll()
    bench.pass(.seconds(1))
    look(&bench, at: item(1).cid, finding: [])
    #expect(bench.core.outbox.items[item(1).cid]?.doubt?.negativesNeeded == 1)
    #expect(bench.core.outbox.items[second.cid]?.doubt?.negativesNeeded == 1)
  }

  /// It was tried and edited before the backup was made.
  @Test func anEditFromBeforeTheBackupIsNotLost() {
    var edited = item(1, state: .held)
    edited.attempts = 1
    var bench = CoreBench.loggedIn(
      snapshot: StoreSnapshot(
        account: CoreBench.account,
        conversations: [ConversationState(id: c1, participantID: UserID("friend-of-c1"))],
        outbox: [edited], edited: [edited.cid]))
    bench.commitAll()
    bench.answerList([listed("c1", last: "m1", at: 1)])
    let row = message("before", at: 50, from: "me", cid: edited.cid)
    bench.answer(.page(MessagePage(messages: [row], hasMore: false)), where: \.isPull)
    bench.commitAll()
    #expect(bench.core.outbox.items.values.map(\.content) == ["x1"])
    #expect(bench.state(of: edited.cid) == nil)
  }

  /// Another machine with the same backup was quicker.
  @Test func oneThatSomebodyElseHasSentIsConfirmedThoughItWasNeverTriedHere() {
    var waiting = item(1, state: .held)
    waiting.isRestored = false
    let bench = bench(
      waiting, pulling: [message("s1", at: 50, from: "me", cid: waiting.cid)])
    #expect(bench.core.outbox.items.isEmpty)
  }

  @Test func itCanNotBeEditedBeforeItWasLookedFor() {
    var waiting = item(1, state: .held)
    waiting.doubt = Doubt(fence: nil, negativesNeeded: 1, isHandlerDone: true)
    var bench = bench(waiting)
    let wish = bench.wish(.outbox(.edit(waiting.cid, content: "other words")))
    guard case .failed(let error)? = bench.answers[wish] else {
      Issue.record("it was edited")
      return
    }
    #expect(error.code == .conflict)
    #expect(bench.core.outbox.items[waiting.cid]?.content == "x1")
  }

  @Test func oneWhoseNameIsNotKnownIsLookedForWhenItIs() {
    var waiting = item(1, state: .unresolved)
    waiting.recipient = Recipient(text: "@c1")
    waiting.doubt = Doubt(fence: nil, negativesNeeded: 2, isHandlerDone: false)
    var bench = bench(waiting)
    bench.answer(.user(UserProfile(id: UserID("friend-of-c1"), nickname: "c1"))) {
      if case .lookUpUser = $0 { true } else { false }
    }
    bench.commitAll()
    #expect(bench.state(of: waiting.cid) == .quarantine)
    #expect(bench.open(\.isSend).isEmpty)
  }
}
