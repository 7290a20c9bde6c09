import FonanaCore
import Testing

@testable import SyncEngine

/// What came while nothing ran is told in its order too.
@Suite struct StartBurstTests {
  /// Started again, where a list was known that showed m0.
  private func startedAgain(toldUnread: Int = 0) -> CoreBench {
    .loggedIn(
      snapshot: StoreSnapshot(
        account: CoreBench.account, lastListAt: CoreBench.start, unreadNotifications: toldUnread,
        conversations: [
          ConversationState(id: ConversationID("c1"), lastMessageID: MessageID("m0"), listUnread: 2)
        ]))
  }

  /// Whichever comes first, the previews or the list.
  @Test(arguments: [false, true])
  func whatCameWhileNothingRanIsToldInItsOrderToo(_ isListLate: Bool) {
    var bench = startedAgain()
    let list = [listed("c1", last: "m3", at: 30, unread: 5)]
    if !isListLate { bench.answerList(list) }
    bench.answer(.notifications([CoreBench.burst[0]], unread: 3)) {
      $0 == .listNotifications(limit: 1)
    }
    if isListLate {
      bench.answer(.notifications([CoreBench.burst[0]], unread: 3), where: \.isBurst)
      bench.commitAll()
      #expect(bench.told.isEmpty)
      bench.answerList(list)
    }
    bench.answer(.notifications(CoreBench.burst, unread: 3), where: \.isBurst)
    bench.commitAll()
    #expect(bench.told == ["m1", "m2", "m3", "m3"])
  }

  @Test func whatWasUnreadBeforeItStartedAgainIsNoBurst() {
    var bench = startedAgain()
    bench.answerList([listed("c1", last: "m0", at: 1, unread: 2)])
    #expect(bench.open(\.isBurst).isEmpty)
    #expect(bench.core.poll.held == nil)
  }

  /// A server that answers one route and not the other hides nothing.
  @Test func previewsOfAStartDoNotWaitForAListThatFails() {
    var bench = startedAgain()
    bench.answer(.notifications([CoreBench.burst[0]], unread: 3)) {
      $0 == .listNotifications(limit: 1)
    }
    bench.answer(.notifications(CoreBench.burst, unread: 3), where: \.isBurst)
    #expect(bench.told.isEmpty)
    bench.answer(failure(500)) { $0 == .listConversations }
    #expect(bench.told == ["m1", "m2", "m3"])
  }

  /// By what the store knows to be told.
  @Test func aStartAsksForAsManyPreviewsAsAreNew() {
    var bench = startedAgain(toldUnread: 10)
    bench.answerList([listed("c1", last: "m0", at: 1, unread: 2)])
    bench.answer(.notifications([CoreBench.burst[0]], unread: 310)) {
      $0 == .listNotifications(limit: 1)
    }
    let some = (0..<50).map { preview("n\($0)", at: Int64(500 - $0)) }
    bench.allActs = []
    bench.answer(.notifications(some, unread: 310), where: \.isBurst)
    #expect(bench.told.isEmpty)
    #expect(bench.open { $0 == .listNotifications(limit: 350) }.count == 1)
  }
}
