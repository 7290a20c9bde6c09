import ControlProtocol
import FonanaCore
import Testing

@Suite struct JSONValueTests {
  static let kept = [
    "{}", "[]", "null", "true", #"{"a":[1,-2,0.5,"x",null,false]}"#,
    #"{"big":18446744073709551615,"small":-9223372036854775808}"#,
  ]

  @Test(arguments: kept)
  func foreignJSONIsTheSameAfterwards(_ text: String) throws {
    let bytes = try ControlJSON.encode(JSONValue(JSONText(text)))
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [65, 100, 511, 100_000])
  func deepNestingStaysAString(_ depth: Int) {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(JSONValue(JSONText(text)) == .string(text))
  }

  @Test func bracketsInStringsDontNest() {
    let text = #"{"a":"\"[[[[{{{{"}"#
    #expect(JSONDepth.of(text.utf8, limit: 2) == 1)
  }

  @Test(arguments: ["{", "nonsense", #"{"a":}"#, ""])
  func whatIsNoJSONStaysAString(_ text: String) {
    #expect(JSONValue(JSONText(text)) == .string(text))
  }
}
