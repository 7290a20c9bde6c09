import FonanaCore
import Testing

@testable import SyncEngine

/// Several messages at once are told in their order, though the list shows only the last of them.
@Suite struct BurstTests {
  /// Started where messages wait that nobody has read.
  private func unread(_ count: Int) -> CoreBench {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m0", at: 1, unread: count)])
    bench.allActs = []
    return bench
  }

  /// A list with the last message and that many unread.
  private func show(_ unread: Int, by bench: inout CoreBench) {
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([listed("c1", last: "m3", at: 30, unread: unread)])
  }

  private func previewTells(of message: PlatformNotification, by bench: inout CoreBench) {
    bench.fire(.tick)
    bench.answer(.notifications([message], unread: 1)) { $0 == .listNotifications(limit: 1) }
    bench.answer(.notifications([message], unread: 1), where: \.isBurst)
    bench.commitAll()
    bench.allActs = []
  }

  /// Synced; then a list shows the last of three new messages.
  private func burst(mode: SyncMode = .onRead) -> CoreBench {
    var bench = CoreBench.loggedIn(mode: mode)
    bench.answerList([listed("c1", last: "m0", at: 1)])
    bench.answerPull(message("m0", at: 1))
    bench.allActs = []
    show(3, by: &bench)
    return bench
  }

  /// A burst, while previews are on their way that were asked for before it.
  private func asking() -> CoreBench {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m0", at: 1)])
    bench.answerPull(message("m0", at: 1))
    bench.fire(.tick)
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.answer(.notifications([], unread: 0), where: \.isBurst)
    bench.fire(.tick)
    bench.answer(.notifications([CoreBench.burst[0]], unread: 3)) {
      $0 == .listNotifications(limit: 1)
    }
    bench.allActs = []
    bench.answerList([listed("c1", last: "m3", at: 30, unread: 3)])
    return bench
  }

  @Test func theListWaitsForThoseBeforeTheLast() {
    var bench = burst()
    #expect(bench.told.isEmpty)
    bench.answer(.notifications(CoreBench.burst, unread: 3), where: \.isBurst)
    bench.commitAll()
    #expect(bench.told == ["m1", "m2", "m3", "m3"])
    #expect(bench.timers[.burst] == nil)
    #expect(bench.core.book[ConversationID("c1")]?.state.listUnread == 3)
  }

  /// They may be the last of the burst only.
  @Test func previewsThatWereAskedForEarlierWaitForThoseBeforeThem() {
    var bench = asking()
    bench.answer(
      .notifications([CoreBench.burst[0], CoreBench.burst[1]], unread: 3), where: \.isPreviews)
    bench.commitAll()
    #expect(bench.told.isEmpty)
    bench.answer(.notifications(CoreBench.burst, unread: 3), where: \.isBurst)
    bench.commitAll()
    #expect(bench.told == ["m1", "m2", "m3", "m3"])
  }

  /// The list was made before the previews: it shows the one in the middle.
  @Test func whatIsYoungerThanTheListComesAfterIt() {
    var bench = burst()
    bench.answer(
      .notifications([preview("m4", at: 41)] + CoreBench.burst, unread: 4), where: \.isBurst)
    bench.commitAll()
    #expect(bench.told == ["m1", "m2", "m3", "m3", "m4"])
  }

  @Test(arguments: [false, true])
  func previewsThatWereAskedForEarlierWaitForTheListToo(_ comesAnotherList: Bool) {
    var bench = asking()
    bench.answer(
      .notifications([preview("m4", at: 41)] + CoreBench.burst, unread: 4), where: \.isPreviews)
    bench.commitAll()
    #expect(bench.told.isEmpty)
    if comesAnotherList {
      bench.wish(.refreshList(patience: .seconds(3)))
      bench.answerList([listed("c1", last: "m4", at: 40, unread: 4)])
    }
    bench.answer(failure(500), where: \.isBurst)
    bench.commitAll()
    #expect(bench.told == ["m1", "m2", "m3"] + (comesAnotherList ? ["m4", "m4"] : ["m3", "m4"]))
  }

  @Test(arguments: [(3, 50), (200, 400), (5_000, 1_000)])
  func aLargeBurstIsAskedForWhole(_ unread: Int, _ limit: Int) {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m0", at: 1)])
    bench.answerPull(message("m0", at: 1))
    show(unread, by: &bench)
    #expect(bench.open { $0 == .listNotifications(limit: limit) }.count > 0)
  }

  @Test func asManyPreviewsAreAskedForAsAreNew() {
    var bench = CoreBench.loggedIn()
    bench.answer(.notifications([], unread: 7)) { $0 == .listNotifications(limit: 1) }
    bench.fire(.tick)
    bench.answer(.notifications([CoreBench.burst[0]], unread: 307)) {
      $0 == .listNotifications(limit: 1)
    }
    #expect(bench.open { $0 == .listNotifications(limit: 305) }.count == 1)
  }

  /// A server that gives no more than it likes is not asked for ever.
  @Test func previewsThatDoNotReachBackAreAskedForAgainOnce() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m0", at: 1)])
    bench.answer(.notifications([], unread: 7)) { $0 == .listNotifications(limit: 1) }
    bench.answer(.notifications([], unread: 7)) { $0 == .listNotifications(limit: 50) }
    bench.fire(.tick)
    bench.answer(.notifications([CoreBench.burst[0]], unread: 8)) {
      $0 == .listNotifications(limit: 1)
    }
    bench.allActs = []
    let some = (0..<20).map { preview("n\($0)", at: Int64(500 - $0)) }
    bench.answer(.notifications(some, unread: 107)) { $0 == .listNotifications(limit: 20) }
    #expect(bench.told.isEmpty)
    bench.answer(.notifications(some, unread: 107)) { $0 == .listNotifications(limit: 150) }
    #expect(bench.told.count == 20)
    #expect(
      bench.open { if case .listNotifications(let limit) = $0 { limit > 1 } else { false } }.isEmpty
    )
  }

  @Test func itWaitsNoLongerThanTwoSecondsAndNotForAFailure() {
    var late = burst()
    late.fire(.burst)
    #expect(late.told == ["m3"])
    var failed = burst()
    failed.answer(failure(500), where: \.isBurst)
    #expect(failed.told == ["m3"])
  }

  /// It says that they are unread: what an older one allowed would tick them.
  @Test func meanwhileNothingIsFetchedByAnOlderList() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m0", at: 1), listed("c2", last: "n0", at: 1)])
    #expect(bench.open(\.isPull).count > 0)
    bench.requests.removeAll { $0.request.isPull }
    bench.core.pulls.active = [:]
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([
      listed("c1", last: "m3", at: 30, unread: 3), listed("c2", last: "n0", at: 1),
    ])
    bench.feed(.timerFired(.pulls))
    #expect(bench.open(\.isPull).isEmpty)
  }

  @Test func aYoungerListTakesItsPlace() {
    var bench = burst()
    bench.wish(.refreshList(patience: .seconds(3)))
    bench.answerList([listed("c1", last: "m4", at: 40, unread: 4)])
    #expect(bench.told.isEmpty)
    bench.answer(.notifications(CoreBench.burst, unread: 4), where: \.isBurst)
    #expect(bench.told == ["m1", "m2", "m3", "m4"])
  }

  /// Three were unread, were read elsewhere, and three came.
  @Test func aCountThatDidNotGrowHidesNoBurst() {
    var bench = unread(3)
    show(3, by: &bench)
    #expect(bench.told.isEmpty)
    bench.answer(.notifications(CoreBench.burst, unread: 3), where: \.isBurst)
    #expect(bench.told == ["m1", "m2", "m3", "m3"])
  }

  /// A list showed one, a preview told of another; they were read elsewhere, and two came.
  @Test func aCountFromBeforeThePreviewsHidesNoBurst() {
    var bench = unread(1)
    previewTells(of: CoreBench.burst[2], by: &bench)
    show(2, by: &bench)
    #expect(bench.told.isEmpty)
    bench.answer(.notifications(CoreBench.burst, unread: 2), where: \.isBurst)
    #expect(bench.told == ["m1", "m2", "m3", "m3"])
  }

  @Test func whatAPreviewHasToldIsNoBurst() {
    var bench = unread(2)
    previewTells(of: CoreBench.burst[0], by: &bench)
    show(3, by: &bench)
    #expect(bench.told == ["m3"])
    #expect(bench.open(\.isBurst).isEmpty)
  }

  @Test func oneMoreIsNoBurst() {
    var bench = unread(2)
    show(3, by: &bench)
    #expect(bench.told == ["m3"])
    show(2, by: &bench)
    #expect(bench.open(\.isBurst).isEmpty)
  }

  @Test func theFirstListEverWaitsForNothing() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m3", at: 30, unread: 3)])
    #expect(bench.told == ["m3"])
  }

  /// What is new is known with the answer to the question, so nothing more is asked.
  @Test func aPushAsksWhatIsNewAtOnce() {
    var bench = CoreBench.loggedIn()
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.answer(.notifications([], unread: 0), where: \.isBurst)
    bench.answerList([listed("c1", last: "m0", at: 1)])
    bench.allActs = []
    bench.feed(.socket(bench.sockets[0], .opened))
    bench.feed(.socket(bench.sockets[0], .frame(.connected(CoreBench.me))))
    bench.feed(.socket(bench.sockets[0], .frame(.notification(userID: CoreBench.me, nil))))
    bench.answer(.notifications(CoreBench.burst, unread: 3), where: \.isPreviews)
    #expect(bench.told == ["m1", "m2", "m3"])
    #expect(bench.open(\.isBurst).isEmpty && bench.open(\.isPreviews).isEmpty)
  }
}
