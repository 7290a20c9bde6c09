import FonanaCore
import Testing

/// What the index gets, what it is asked, and what is shown of an answer.
@Suite struct SearchTests {
  @Test(
    arguments: [
      ("Good morning", nil),
      ("naïve café", nil),
      ("你好", "你|好"),
      ("hi你好!", "hi|你|好|!"),
      ("こんにちは 世界", "こ|ん|に|ち|は 世|界"),
      ("안녕", "안|녕"),
      ("nice😀", "nice|😀"),
      ("ещё Ёлка", "еще Елка"),
      ("Łódź, Đà Nẵng", "lódź, dà Nẵng"),
      ("φίλος", "φιλοσ"),
      ("и\u{306}ог", "йог"),
      ("\u{645}\u{64f}\u{62d}", "\u{645}\u{62d}"),
      ("ＡＢｃ１", "ABc1"),
      ("ไทย", "ไ|ท|ย"),
    ] as [(String, String?)])
  func signsThatStandAloneBecomeWords(_ text: String, _ expected: String?) {
    let expected = expected.map { String($0.map { $0 == "|" ? "\u{200B}" : $0 }) }
    #expect(SearchText.indexed(text) == expected)
  }

  @Test(arguments: [
    ("good  morning", #""good" "morning""#),
    (#""good morning" all"#, #""good morning" "all""#),
    ("“good morning”", #""good morning""#),
    ("photo*", #""photo"*"#),
    ("don't AND (x", #""don't" "AND" "(x""#),
    (#"unfinished "quote here"#, #""unfinished" "quote here""#),
    ("a - b", #""a" "b""#),
    (#""good morning"sunshine"#, #""good morning" "sunshine""#),
    (#""good mor"* x"#, #""good mor"* "x""#),
  ])
  func nothingThatIsTypedIsSyntax(_ typed: String, _ expected: String) throws {
    #expect(try SearchExpression(typed).text == expected)
  }

  @Test(arguments: ["", "   ", "!?", "\"\"", "*", "\0"])
  func aQueryWithoutAWordIsRefused(_ typed: String) {
    let error = #expect(throws: FonanaError.self) { try SearchExpression(typed) }
    #expect(error?.code == .invalidInput)
  }

  @Test func aSnippetShowsTheTextAsItWasWritten() {
    let content = "Привет, ещё раз"
    let snippet = SearchSnippet(of: content, marked: "Привет, \u{2}еще\u{3} раз")
    #expect(snippet.parts.map(\.text) == ["Привет, ", "ещё", " раз"])
    #expect(snippet.parts.map(\.isMatch) == [false, true, false])
    #expect(snippet.text == content)
  }

  /// A mark that the index does not have, and two signs that are one there.
  @Test(arguments: [
    ("a \u{5e9}\u{5b8}\u{5dc} b", "a \u{2}\u{5e9}\u{5dc}\u{3} b", "\u{5e9}\u{5b8}\u{5dc}"),
    ("a и\u{306}ог b", "a \u{2}йог\u{3} b", "и\u{306}ог"),
  ])
  func aSnippetKeepsWhatTheIndexDrops(content: String, marked: String, match: String) {
    let snippet = SearchSnippet(of: content, marked: marked)
    #expect(snippet.parts.map(\.text) == ["a ", match, " b"])
    #expect(snippet.text.unicodeScalars.elementsEqual(content.unicodeScalars))
  }

  @Test func aSnippetOfALongTextIsCutAroundItsFirstMatch() {
    let filler = String(repeating: "word ", count: 200)
    let content = filler + "needle " + filler
    let snippet = SearchSnippet(of: content, marked: filler + "\u{2}needle\u{3} " + filler)
    #expect(snippet.text.count <= 170)
    #expect(snippet.text.hasPrefix("…") && snippet.text.hasSuffix("…"))
    #expect(snippet.parts.filter(\.isMatch).map(\.text) == ["needle"])
  }

  /// The marks are control characters, which a text may hold too.
  @Test func marksInsideATextAreText() {
    let content = "a\u{2}b\u{3} x"
    let snippet = SearchSnippet(of: content, marked: "a\u{2}b\u{3} \u{2}x\u{3}")
    #expect(snippet.text == content)
    #expect(snippet.parts.filter(\.isMatch).map(\.text) == ["x"])
  }
}
