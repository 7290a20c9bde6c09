import FonanaCore
import FonanaTestSupport
import Testing

/// The quick answer about a row of a page agrees with the rule.
@Suite struct UnchangedRowTests {
  private static let me = UserID("cme")

  private func text(_ random: inout SeededRandom) -> String? {
    [nil, "a", "b"][Int.random(in: 0..<3, using: &random)]
  }

  private func message(_ random: inout SeededRandom) -> ServerMessage {
    ServerMessage(
      id: MessageID("m"), conversationID: ConversationID("c"),
      senderID: random.chance(50) ? Self.me : UserID("cother"), content: text(&random),
      mediaURL: text(&random), isPaid: random.chance(25), isRead: random.chance(50),
      isPurchased: random.chance(25),
      createdAt: Timestamp(milliseconds: Int64.random(in: 0..<2, using: &random)),
      metadata: text(&random).map { JSONText($0) }, cid: text(&random).map { ClientID($0) },
      isDamaged: random.chance(16))
  }

  @Test func aRowSaidToBeHeldIsTheRowThatTheRuleGives() {
    var random = SeededRandom(seed: 7)
    var held = 0
    for _ in 0..<20_000 {
      let first = message(&random)
      var known = MirrorMessage(pulled: first, me: Self.me, known: nil)
      known.absences = random.chance(25) ? 1 : 0
      var second = first
      if random.chance(50) { second = message(&random) } else { second.isRead.toggle() }
      guard known.alreadyHolds(second, me: Self.me) else { continue }
      held += 1
      #expect(MirrorMessage(pulled: second, me: Self.me, known: known) == known)
    }
    #expect(held > 1000)
  }

  @Test func theSameAnswerAgainIsHeld() {
    var random = SeededRandom(seed: 8)
    for _ in 0..<1000 {
      var message = message(&random)
      message.isDamaged = false
      let row = MirrorMessage(pulled: message, me: Self.me, known: nil)
      #expect(row.alreadyHolds(message, me: Self.me))
    }
  }
}
