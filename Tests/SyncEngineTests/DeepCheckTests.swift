import FonanaCore
import Testing

@testable import SyncEngine

@Suite struct DeepCheckTests {
  private let c1 = ConversationID("c1")

  /// A bench that has c1 whole, six hours after its start, with the list that was due answered.
  private func sixHoursLater(unread: Int) -> CoreBench {
    var bench = CoreBench.loggedIn(life: .seconds(86_400))
    bench.answerList([listed("c1", last: "m9", at: 9)])
    bench.answer(
      .page(MessagePage(messages: [message("m9", at: 9)], hasMore: false)), where: \.isPull)
    bench.commitAll()
    bench.pass(.seconds(6 * 3600))
    bench.fire(.tick)
    #expect(bench.open(\.isPull).isEmpty, "the last list is too old to allow it")
    bench.answerList([listed("c1", last: "m9", at: 9, unread: unread)])
    return bench
  }

  @Test func everySixHoursTheNewestMessagesAreReadAgainAndWhatWasLostIsFound() {
    var bench = sixHoursLater(unread: 0)
    guard case .listMessages(c1, limit: 500, before: nil, _)? = bench.open(\.isPull).first else {
      Issue.record("no deep check")
      return
    }
    bench.answer(
      .page(
        MessagePage(messages: [message("m9", at: 9), message("lost", at: 3)], hasMore: false)),
      where: \.isPull)
    bench.commitAll()
    let isTaken = bench.allActs.contains { act in
      if case .applyPage(c1, let page, _, _, _) = act {
        page.messages.contains { $0.id == MessageID("lost") }
      } else {
        false
      }
    }
    #expect(isTaken)
    #expect(bench.core.book.coverage(of: c1).isWhole)
    for _ in 1...3 {
      bench.fire(.tick)
      bench.answerList([listed("c1", last: "m9", at: 9)])
    }
    #expect(bench.open(\.isPull).isEmpty, "not before another six hours")
  }

  /// Four hours before the restart, and two after it.
  @Test func theTimeOfADeepCheckCountsOverRestarts() {
    let position = MessagePosition(createdAt: CoreBench.start, id: MessageID("m9"))
    var bench = CoreBench.loggedIn(
      snapshot: StoreSnapshot(
        account: CoreBench.account,
        conversations: [
          ConversationState(
            id: c1, participantID: UserID("friend-of-c1"), coverage: Coverage(newest: position),
            lastMessageID: position.id, deepCheckedAt: CoreBench.start - .seconds(4 * 3600))
        ]), life: .seconds(86_400))
    bench.answerList([listed("c1", last: "m9", at: 0)])
    #expect(bench.open(\.isPull).isEmpty)
    bench.pass(.seconds(2 * 3600))
    bench.fire(.tick)
    bench.answerList([listed("c1", last: "m9", at: 0)])
    guard case .listMessages(c1, limit: 500, before: nil, _)? = bench.open(\.isPull).first else {
      Issue.record("no deep check")
      return
    }
    bench.answer(
      .page(MessagePage(messages: [message("m9", at: 0)], hasMore: false)), where: \.isPull)
    #expect(bench.allActs.contains(.noteDeepCheck(c1)))
  }

  @Test func aDeepCheckNeverTicks() {
    var bench = sixHoursLater(unread: 1)
    for _ in 1...3 {
      bench.fire(.tick)
      bench.fire(.pulls)
      bench.answerList([listed("c1", last: "m9", at: 9, unread: 1)])
    }
    #expect(bench.open(\.isPull).isEmpty)
  }
}
