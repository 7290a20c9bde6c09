import FonanaCore
import Testing

@Suite struct ForgottenGapTests {
  private func place(_ second: Int64) -> MessagePosition {
    MessagePosition(
      createdAt: Timestamp(milliseconds: second * 1000), id: MessageID("m\(second)"))
  }

  private func page(_ seconds: ClosedRange<Int64>, before: Int64? = nil) -> PageSpan {
    let messages = seconds.reversed().map { second in
      ServerMessage(
        id: place(second).id, conversationID: ConversationID("c"), senderID: UserID("u"),
        content: "text", isRead: false, createdAt: place(second).createdAt)
    }
    return PageSpan(
      MessagePage(messages: messages, hasMore: true), askedWith: before.map(place))
  }

  @Test func whatLiesBelowTheFloorIsNoGap() {
    let gaps = [
      Gap(newer: place(80), older: place(60), cursor: nil),
      Gap(newer: place(40), older: nil, cursor: nil),
    ]
    var coverage = Coverage(newest: place(90), gaps: gaps)
    coverage.forget(before: place(50).createdAt)
    #expect(coverage.gaps == [gaps[0]])
    coverage.forget(before: place(10).createdAt)
    #expect(coverage.floor == place(50).createdAt, "what is forgotten stays so")
  }

  @Test func anIslandBelowTheFloorOpensNoGap() {
    var coverage = Coverage(floor: place(50).createdAt)
    coverage.addIsland(place(49))
    #expect(coverage.isWhole)
    coverage.addIsland(place(70))
    #expect(coverage.gaps == [Gap(newer: place(70), older: nil, cursor: nil)])
  }

  @Test func aPageThatReachesBelowTheFloorIsTheLast() {
    var coverage = Coverage(floor: place(50).createdAt)
    coverage.addIsland(place(100))
    coverage.apply(page(60...100))
    #expect(!coverage.isWhole)
    coverage.apply(page(40...60, before: 61))
    #expect(coverage.isWhole)
    #expect(coverage.newest == place(100))
  }
}
