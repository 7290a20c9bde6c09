import FonanaCore
import Testing

@testable import SyncEngine

/// `send --unless-replied`.
@Suite struct ReplyTests {
  private let cid = ClientID("conditional")

  /// Bob's last message is known, and a conditional one to him is durable.
  private func ready(askingBefore: Bool = false) -> CoreBench {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 10)])
    bench.answer(
      .page(MessagePage(messages: [message("m1", at: 10)], hasMore: false)), where: \.isPull)
    bench.commitAll()
    bench.pass(.seconds(60))
    if askingBefore { bench.wish(.refreshList(patience: .seconds(3))) }
    bench.pass(.seconds(1))
    enqueue(in: &bench)
    return bench
  }

  private func enqueue(in bench: inout CoreBench) {
    bench.wish(
      .enqueue(
        OutboxItem(
          cid: cid, recipient: Recipient(text: "c1", conversationID: ConversationID("c1")),
          content: "still there?", state: .queued, queuedAt: bench.now.wall,
          unlessRepliedSince: bench.now.wall)))
    bench.commitAll()
  }

  private func outcomes(_ bench: CoreBench) -> [String] {
    bench.allActs.compactMap { act in
      if case .cancel(cid, let entry) = act { entry.outcome } else { nil }
    }
  }

  @Test func itIsSentAfterAListWithoutAReply() {
    var bench = ready()
    #expect(bench.open(\.isSend).isEmpty, "nobody has looked yet")
    #expect(bench.open(\.isList).count == 1)
    bench.answerList([listed("c1", last: "m1", at: 10)])
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aReplyInTheListCancelsIt() {
    var bench = ready()
    bench.answerList([listed("c1", last: "m2", at: 20, unread: 1)])
    #expect(bench.open(\.isSend).isEmpty)
    #expect(bench.state(of: cid) == nil)
    #expect(outcomes(bench) == ["replied"])
  }

  @Test func aReplyInAPageCancelsIt() {
    var bench = ready()
    bench.wish(
      .prepareRead(ConversationID("c1"), wantsAll: false, patience: .seconds(3)))
    bench.answer(
      .page(MessagePage(messages: [message("m2", at: 20), message("m1", at: 10)], hasMore: false)),
      where: \.isPull)
    bench.commitAll()
    bench.answerList([listed("c1", last: "m3", at: 30, from: "me")])
    #expect(bench.open(\.isSend).isEmpty)
    #expect(outcomes(bench) == ["replied"])
  }

  @Test func whatWeWroteElsewhereIsNoReply() {
    var bench = ready()
    bench.answerList([listed("c1", last: "m2", at: 20, from: "me")])
    bench.answer(
      .page(MessagePage(messages: [message("m2", at: 20, from: "me")], hasMore: false)),
      where: \.isPull)
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
    #expect(outcomes(bench).isEmpty)
  }

  @Test func aListThatFailsSendsNothing() {
    var bench = ready()
    bench.answer(failure(502)) { $0.isList }
    bench.commitAll()
    #expect(bench.open(\.isSend).isEmpty)
    #expect(bench.state(of: cid) == .queued)
  }

  @Test func aListThatWasAskedForBeforeItWasQueuedSaysNothing() {
    var bench = ready(askingBefore: true)
    bench.answerList([listed("c1", last: "m1", at: 10)])
    #expect(bench.open(\.isSend).isEmpty)
    #expect(bench.open(\.isList).count == 1, "another one is asked for")
    bench.answerList([listed("c1", last: "m1", at: 10)])
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aReplyThatComesWhileTheIntentIsWrittenCancelsIt() {
    var bench = ready()
    bench.answer(.conversations([listed("c1", last: "m1", at: 10)]), where: \.isList)
    #expect(bench.state(of: cid) == .intent)
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answer(.conversations([listed("c1", last: "m2", at: 20, unread: 1)]), where: \.isList)
    bench.commitAll()
    #expect(bench.open(\.isSend).isEmpty)
    #expect(bench.state(of: cid) == nil)
    #expect(outcomes(bench) == ["replied"])
  }

  @Test func whatWasShownBeforeARestartCancelsIt() {
    var bench = CoreBench.loggedIn(snapshot: afterReply(at: 20))
    #expect(outcomes(bench) == ["replied"])
    bench.commitAll()
    #expect(bench.state(of: cid) == nil)
    bench = CoreBench.loggedIn(snapshot: afterReply(at: 10))
    #expect(outcomes(bench).isEmpty)
  }

  /// A list on hold, which the disk had not taken before, told of the conversation; the next one
  /// shows a message of one's own.
  @Test func whatAListOnHoldHasShownOfANewConversationCancelsIt() {
    var snapshot = afterReply(at: 10)
    (snapshot.conversations, snapshot.lastListAt) = ([], CoreBench.start)
    var bench = CoreBench.loggedIn(snapshot: snapshot)
    bench.answerList([listed("c1", last: "m2", at: 20, unread: 2)])
    #expect(bench.core.poll.held != nil)
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([listed("c1", last: "m3", at: 30, from: CoreBench.me.rawValue, unread: 2)])
    bench.fire(.burst)
    #expect(outcomes(bench) == ["replied"])
  }

  private func afterReply(at milliseconds: Int64) -> StoreSnapshot {
    let conversation = ConversationState(
      id: ConversationID("c1"), participantID: UserID("friend-of-c1"),
      lastReceivedAt: CoreBench.start + .milliseconds(milliseconds))
    let item = OutboxItem(
      sequence: 1, cid: cid,
      recipient: Recipient(
        text: "c1", userID: conversation.participantID, conversationID: conversation.id),
      content: "still there?", state: .queued, queuedAt: CoreBench.start,
      unlessRepliedSince: CoreBench.start + .milliseconds(10))
    return StoreSnapshot(
      account: CoreBench.account, conversations: [conversation], outbox: [item])
  }

  /// The server has deleted it since, so that a page no longer shows it.
  @Test func whatWasKnownAndIsDeletedIsNoReply() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m2", at: 20)])
    bench.answerPull(message("m1", at: 10))
    enqueue(in: &bench)
    bench.answerList([listed("c1", last: "m1", at: 10)])
    #expect(outcomes(bench).isEmpty)
    #expect(bench.open(\.isSend).count == 1)
  }

  /// After a crash it would be back, behind the one that has passed it.
  @Test func theNextOneWaitsUntilItIsTakenBackOnTheDisk() {
    var bench = ready()
    let next = bench.enqueue("next")
    bench.answer(.conversations([listed("c1", last: "m2", at: 20, unread: 1)]), where: \.isList)
    #expect(outcomes(bench) == ["replied"])
    while !bench.commits.isEmpty { bench.failNextCommit() }
    #expect(bench.state(of: cid) == .queued && bench.state(of: next) == .queued)
    bench.fire(.tick)
    #expect(outcomes(bench) == ["replied", "replied"])
    #expect(bench.state(of: next) == .queued)
    bench.commitAll()
    #expect(bench.state(of: cid) == nil && bench.state(of: next) == .intent)
  }

  @Test func oneThatWasRefusedForTheTokenIsLookedAtAnew() {
    var bench = ready()
    bench.answerList([listed("c1", last: "m1", at: 10)])
    bench.answer(failure(401, error: "Invalid token"), where: \.isSend)
    bench.answer(grant("token-2"), where: \.isToken)
    bench.commitAll()
    #expect(bench.open(\.isSend).isEmpty)
    #expect(bench.state(of: cid) == .queued)
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([listed("c1", last: "m2", at: 20, unread: 1)])
    #expect(outcomes(bench) == ["replied"])
  }
}
