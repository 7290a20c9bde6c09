import FonanaCore
import Testing

@testable import SyncEngine

/// `send --unless-replied`.
@Suite struct ReplyTests {
  private let cid = ClientID("conditional")

  /// Bob's last message is known, and a conditional one to him is durable.
  private func ready() -> CoreBench {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 10)])
    bench.answer(
      .page(MessagePage(messages: [message("m1", at: 10)], hasMore: false)), where: \.isPull)
    bench.commitAll()
    bench.pass(.seconds(60))
    bench.wish(
      .enqueue(
        OutboxItem(
          cid: cid, recipient: Recipient(text: "c1", conversationID: ConversationID("c1")),
          content: "still there?", state: .queued, queuedAt: bench.now.wall,
          unlessRepliedSince: bench.now.wall)))
    bench.commitAll()
    return bench
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
}
