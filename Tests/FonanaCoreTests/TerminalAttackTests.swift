import FonanaCore
import FonanaTestSupport
import Testing

/// The golden file of attacks, and `DisplayText` against another way of reaching the same.
@Suite struct TerminalAttackTests {
  @Test func everyAttackIsThere() {
    #expect(TerminalAttack.all.count >= 40)
    #expect(Set(TerminalAttack.all.map(\.name)).count == TerminalAttack.all.count)
  }

  @Test(arguments: TerminalAttack.all)
  func anAttackIsShownAsTheGoldenFileSays(_ attack: TerminalAttack) {
    #expect(DisplayText.line(attack.text) == attack.line)
    #expect(!ShownText.acts(DisplayText.block(attack.text, indent: "  ")))
  }

  @Test func everyCharacterIsShownAsItsPropertiesDemand() {
    for value in Array(UInt32(0)...0x1ffff) + Array(UInt32(0xe0000)...0xe1fff) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      if DisplayText.line(text) != ShownText.line(text) {
        Issue.record("U+\(String(value, radix: 16)) is shown as \(DisplayText.line(text))")
      }
    }
  }

  @Test func mutatedAttacksAreShownAsTheirPropertiesDemand() {
    var mutator = Mutator(
      seed: 40, corpus: TerminalAttack.all.map(\.text),
      pieces: ["\u{9b}", "\u{200d}", "\u{fe0f}", "\r\n", "\u{1f1e9}", "\u{e0061}"])
    let count = 20_000
    for _ in 0..<count {
      let text = String(decoding: mutator.next(), as: UTF8.self)
      let line = DisplayText.line(text)
      if line != ShownText.line(text) { Issue.record("\(Array(text.utf8))") }
      #expect(!ShownText.acts(DisplayText.block(text)) || text.contains("\t"))
    }
    print("DisplayText against properties: \(count) executions")
  }
}
