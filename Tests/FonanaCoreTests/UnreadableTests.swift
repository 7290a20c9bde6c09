import FonanaCore
import FonanaTestSupport
import Testing

/// Where messages lie that can't be read: kept as places, replaced by what later pages say.
@Suite struct UnreadableTests {
  private func position(_ at: Int) -> MessagePosition {
    MessagePosition(createdAt: Timestamp(milliseconds: Int64(at) * 1000), id: MessageID("m\(at)"))
  }

  private func stretch(_ newer: Int?, _ older: Int?) -> UnreadableStretch {
    UnreadableStretch(newer: newer.map(position), older: older.map(position))
  }

  private func message(_ at: Int) -> ServerMessage {
    ServerMessage(
      id: MessageID("m\(at)"), conversationID: ConversationID("c"), senderID: UserID("u"),
      content: "\(at)", createdAt: position(at).createdAt)
  }

  /// Of the elements `newestFirst`, those below `cursor`; what is in `broken` can't be read.
  private func page(
    of newestFirst: [Int], without broken: Set<Int>, below cursor: MessagePosition?, limit: Int
  ) -> PageSpan {
    let rest = newestFirst.filter { at in
      cursor.map { position(at).createdAt < $0.createdAt } ?? true
    }
    var page = MessagePage(messages: [], hasMore: rest.count > limit)
    for at in rest.prefix(limit) {
      if broken.contains(at) {
        page.unreadable.append(page.messages.count)
      } else {
        page.messages.append(message(at))
      }
    }
    return PageSpan(page, askedWith: cursor)
  }

  private func span(_ elements: [Int], without broken: Set<Int>, limit: Int = 100) -> PageSpan {
    page(of: elements, without: broken, below: nil, limit: limit)
  }

  @Test func aStretchLiesBetweenTheMessagesAroundIt() {
    let whole = span([9, 8, 7, 6, 5, 4], without: [9, 7, 6, 4])
    #expect(whole.unreadable == [stretch(nil, 8), stretch(8, 5), stretch(5, nil)])
    #expect(whole.isIncomplete)
    #expect(span([3], without: [3]).unreadable == [stretch(nil, nil)])
  }

  @Test func whatLiesBelowAPageIsLeftToTheNext() {
    #expect(span([9, 8, 7, 6], without: [7], limit: 3).unreadable.isEmpty)
  }

  @Test func aLaterPageHasTheLastWord() {
    var coverage = Coverage()
    coverage.apply(span([5, 4, 3, 2], without: [5, 3]))
    #expect(coverage.unreadable == [stretch(nil, 4), stretch(4, 2)] && coverage.isWhole)
    coverage.apply(span([6, 5, 4, 3, 2], without: [5], limit: 2))
    #expect(coverage.unreadable == [stretch(nil, 4), stretch(4, 2)])
    coverage.apply(span([6, 5, 4, 3, 2], without: [5]))
    #expect(coverage.unreadable == [stretch(6, 4)])
    coverage.forget(before: position(7).createdAt)
    #expect(coverage.unreadable.isEmpty)
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func afterAllPagesEveryStretchIsKnown(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 1...60, using: &random)
    let broken = Set((0..<count).filter { _ in random.chance(25) })
    let elements = Array((0..<count).reversed())
    var coverage = Coverage()
    var limit = Int.random(in: 2...20, using: &random)
    coverage.apply(span(elements, without: broken, limit: limit))
    var rounds = 0
    while let gap = coverage.gaps.first, rounds < 1000 {
      let next = page(of: elements, without: broken, below: gap.cursor, limit: limit)
      // As the engine does: a page without a way on is asked for again, larger.
      if next.nextCursor == nil { limit *= 2 }
      coverage.apply(next)
      rounds += 1
    }
    if coverage.newest == nil { coverage.apply(span(elements, without: broken)) }
    #expect(coverage.unreadable == expected(elements, broken), "seed \(seed)")
  }

  private func expected(_ elements: [Int], _ broken: Set<Int>) -> [UnreadableStretch] {
    var result: [UnreadableStretch] = []
    var newer: Int?
    var isOpen = false
    for at in elements {
      if broken.contains(at) {
        isOpen = true
      } else {
        if isOpen { result.append(stretch(newer, at)) }
        (newer, isOpen) = (at, false)
      }
    }
    if isOpen { result.append(stretch(newer, nil)) }
    return result
  }
}
