import FonanaCore
import FonanaTestSupport
import FoundationEssentials
import Testing

@Suite(.timeLimit(.minutes(10)))
struct PagingTests {
  /// As many as a debug build does in the time, and the floor however long it takes;
  /// `FONANA_HISTORIES=100000` takes the time it needs.
  private static let wanted =
    ProcessInfo.processInfo.environment["FONANA_HISTORIES"].flatMap { UInt64($0) }
  private static let timeBox = Duration.seconds(20)
  private static let floor = 2_000

  @Test func randomHistoriesEndInAMirrorEqualToTheServer() async {
    let begin = ContinuousClock.now
    let count = await withTaskGroup(of: Int.self, returning: Int.self) { group in
      for worker in 0..<UInt64(2) {
        group.addTask { Self.run(seeds: worker, since: begin) }
      }
      return await group.reduce(0, +)
    }
    print("measured: random histories: \(count) in \(begin.duration(to: .now))")
    #expect(count >= Self.floor)
  }

  /// Every second seed from `first`; how many.
  private static func run(
    seeds first: UInt64, since begin: ContinuousClock.Instant
  ) -> Int {
    var (seed, count) = (first, 0)
    while wanted.map({ seed < $0 })
      ?? (begin.duration(to: .now) < timeBox || count < floor / 2)
    {
      var history = PagingHistory(seed: seed)
      if let problem = history.run() { Issue.record("seed \(seed): \(problem)") }
      seed += 2
      count += 1
    }
    return count
  }

  @Test func nextCursorBringsTheOldestInstantAgain() {
    let positions = [(9, "c"), (5, "b"), (5, "a")].map(position)
    #expect(PageSpan.nextCursor(after: positions) == position(9, "c"))
    #expect(PageSpan.nextCursor(after: Array(positions.dropFirst())) == nil)
  }

  @Test func islandsLeaveAGapBelowAndNeverMoveTheMark() {
    var coverage = Coverage()
    coverage.apply(span([(5, "a")], hasMore: false))
    coverage.addIsland(position(9, "x"))
    #expect(coverage.newest == position(5, "a"))
    #expect(coverage.topGap == Gap(newer: position(9, "x"), older: position(5, "a"), cursor: nil))
  }

  @Test func whatBecameKnownWhileAPageWasOnItsWayStaysAGap() {
    var coverage = Coverage()
    let page = span([(6, "b"), (5, "a")], hasMore: false, knowing: coverage.top)
    coverage.addIsland(position(9, "x"))
    coverage.apply(page)
    #expect(coverage.gaps == [Gap(newer: position(9, "x"), older: position(6, "b"), cursor: nil)])
    coverage.apply(span([], hasMore: false))
    #expect(!coverage.isWhole, "an empty page knows no more than a full one")
    coverage.apply(span([(6, "b"), (5, "a")], hasMore: false, knowing: coverage.top))
    #expect(coverage.isWhole, "it is deleted")
  }

  /// A notification is a little younger than the message that it is about.
  @Test func aNotificationOfAMessageThatThePageHoldsOpensNoGap() {
    var coverage = Coverage()
    coverage.addIsland(position(7, "b"))
    coverage.apply(span([(6, "b"), (5, "a")], hasMore: false))
    #expect(coverage.isWhole)
  }

  @Test func wholeHistoryClosesEveryGap() {
    var coverage = Coverage()
    coverage.addIsland(position(9, "x"))
    coverage.apply(span([(9, "x"), (5, "a")], hasMore: nil))
    #expect(coverage.isWhole)
  }

  @Test func aPageThatWasCutShortDoesNotReachTheBeginning() {
    let page = MessagePage(
      messages: [message(position(5, "a"))], hasMore: nil, isCutShort: true)
    #expect(!PageSpan(page, askedWith: nil).reachesBeginning)
  }

  @Test func joiningNeedsAPageThatGoesBelowTheInstantOfTheMark() {
    // A page cuts ties anywhere: 60 of one instant say nothing about the others of it.
    let ties = (0..<60).map { (5, "m\(100 + $0)") }
    #expect(!span(ties, hasMore: true).joins(position(5, "m199")))
    #expect(span(ties + [(4, "a")], hasMore: true).joins(position(5, "m199")))
  }

  @Test func anUnchangedTopStillHasToReadTheOverlap() {
    // Ties of the newest known message can have been made since, with smaller ids.
    var coverage = Coverage(newest: position(5, "m"))
    coverage.apply(span([(5, "m"), (5, "c")], hasMore: true))
    #expect(!coverage.isWhole)
  }

  /// The page above it, which alone held the ties of the gap's end, was not written.
  @Test func aPageFromBelowAGapsCursorDoesNotCloseIt() {
    let gap = Gap(newer: position(5, "m"), older: nil, cursor: position(7, "n"))
    let page = MessagePage(messages: [position(3, "a")].map(message), hasMore: false)
    for cursor in [position(5, "m"), position(6, "x")] {
      var coverage = Coverage(newest: position(9, "z"), gaps: [gap])
      coverage.apply(PageSpan(page, askedWith: cursor))
      #expect(coverage.gaps == [gap])
    }
    var coverage = Coverage(newest: position(9, "z"), gaps: [gap])
    coverage.apply(PageSpan(page, askedWith: position(7, "n")))
    #expect(coverage.isWhole)
  }

  @Test func aPageProvesTheAbsenceOfWhatItsServerWouldHaveShown() {
    let first = span([(9, "c"), (5, "a")], hasMore: true)
    #expect(first.proven(knownUpTo: nil) == instant(6)...instant(9))
    #expect(first.proven(knownUpTo: position(12, "d")) == instant(6)...instant(12))
    #expect(first.proven(knownUpTo: position(7, "b")) == instant(6)...instant(9))
    #expect(span([(5, "a"), (5, "b")], hasMore: true).proven(knownUpTo: nil) == nil)
    #expect(span([], hasMore: false).proven(knownUpTo: position(9, "c")) == nil)
    let whole = span([(5, "a")], hasMore: nil)
    #expect(whole.proven(knownUpTo: nil) == Timestamp(milliseconds: .min)...instant(5))
  }

  @Test func aPageWithAMessageThatCanNotBeReadProvesNoAbsence() {
    let page = MessagePage(
      messages: [position(9, "c"), position(5, "a")].map(message), hasMore: false,
      unreadable: [1])
    #expect(PageSpan(page, askedWith: nil).proven(knownUpTo: nil) == nil)
  }

  @Test func aLaterPageProvesAbsenceUpToItsCursorOnly() {
    let page = MessagePage(
      messages: [position(7, "b"), position(5, "a")].map(message), hasMore: true)
    let below = PageSpan(page, askedWith: position(9, "c"))
    #expect(below.proven(knownUpTo: position(20, "x")) == instant(6)...instant(8))
    #expect(PageSpan(page, askedWith: position(6, "z")).proven(knownUpTo: nil) == nil)
  }

  private func instant(_ at: Int64) -> Timestamp { Timestamp(milliseconds: at) }

  private func position(_ at: Int, _ id: String) -> MessagePosition {
    MessagePosition(createdAt: Timestamp(milliseconds: Int64(at)), id: MessageID(id))
  }

  private func span(
    _ list: [(Int, String)], hasMore: Bool?, knowing top: MessagePosition? = nil
  ) -> PageSpan {
    let page = MessagePage(messages: list.map(position).map(message), hasMore: hasMore)
    return PageSpan(page, askedWith: nil, knowing: top)
  }

  private func message(_ position: MessagePosition) -> ServerMessage {
    ServerMessage(
      id: position.id, conversationID: ConversationID("c"), senderID: UserID("u"), content: nil,
      createdAt: position.createdAt)
  }
}
