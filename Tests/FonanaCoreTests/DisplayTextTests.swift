import FonanaCore
import Testing

struct DisplayTextTests {
  @Test(arguments: [
    ("plain Ünïcode 👋🏽", "plain Ünïcode 👋🏽"),
    ("a\u{1b}[2Jb", "a^[[2Jb"), ("a\u{0}b\u{7f}", "a^@b^?"), ("line\nbreak", "line↵break"),
    ("a\r\nb", "a↵b"), ("tab\tsign", "tab sign"),
    ("\u{202e}evil", "<U+202E>evil"), ("c1\u{9b}31m", "c1<U+9B>31m"),
    ("\u{feff}x\u{200b}", "<U+FEFF>x<U+200B>"), ("tag\u{e0041}", "tag<U+E0041>"),
  ])
  func oneLineHasNothingThatActs(_ text: String, _ shown: String) {
    #expect(DisplayText.line(text) == shown)
  }

  @Test func aBodyKeepsItsLinesAndIndentsThem() {
    #expect(DisplayText.block("a\nb\r\nc\u{1b}", indent: "  ") == "a\n  b\n  c^[")
  }

  @Test func longTextIsCut() {
    #expect(DisplayText.line("abcdef", limit: 3) == "abc…")
    #expect(DisplayText.line("abc", limit: 3) == "abc")
  }

  @Test func towersOfMarksAreCut() {
    let tower = "a" + String(repeating: "\u{301}", count: 1000)
    #expect(DisplayText.line(tower).unicodeScalars.count < 30)
  }

  @Test func noControlEverPasses() {
    for value in UInt32(0)...0x2fff {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = DisplayText.line(String(Character(scalar)))
      let acting = shown.unicodeScalars.filter { $0.value < 0x20 || DisplayText.isHidden($0) }
      #expect(acting.isEmpty, "U+\(String(value, radix: 16))")
    }
  }
}
