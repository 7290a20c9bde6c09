import FonanaCore
import FonanaTestSupport
import Testing

/// Mutated texts; a crash is a crash of the test run.
@Suite struct TextFuzzTests {
  @Test func noMutatedTextDrivesATerminal() {
    var mutator = Mutator(
      seed: 16,
      corpus: [
        "Hello\nbob", "a\u{1b}]0;x\u{7}", "\u{202e}abc", "e\u{301}\u{301}", "👩‍👩‍👧 ok", "a\rb\u{9b}2J",
      ])
    let count = 20_000
    for _ in 0..<count {
      let text = String(decoding: mutator.next(), as: UTF8.self)
      let line = DisplayText.line(text, limit: 200)
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 || DisplayText.isHidden($0) })
      // What is safe stays as it is; marks that join the form of a control are counted anew.
      let again = DisplayText.line(line)
      #expect(DisplayText.line(again) == again)
      let block = DisplayText.block(text)
      #expect(
        !block.unicodeScalars.contains {
          $0 != "\n" && $0 != "\t" && ($0.value < 0x20 || DisplayText.isHidden($0))
        })
    }
    print("DisplayText: \(count) executions")
  }

  @Test func mutatedTimesAreReadOrNot() {
    var mutator = Mutator(
      seed: 17,
      corpus: ["2026-11-24T13:49:48.563Z", "2026-02-29T23:59:60+01:00", "1970-01-01T00:00:00Z"],
      pieces: ["+14:00", "T", "Z", "99999999999"])
    let count = 50_000
    var understood = 0
    for _ in 0..<count {
      guard let time = Timestamp(String(decoding: mutator.next(), as: UTF8.self)) else { continue }
      understood += 1
      #expect(Timestamp(time.description) == time)
    }
    #expect(understood > 0)
    print("dates: \(count) executions, \(understood) understood")
  }
}
