import FonanaServer
import Testing

/// The comparison of the contract test must itself be able to fail.
@Suite struct LikenessTests {
  private static let one = "cmmwur38gd000008026536085"
  private static let two = "cmmwur38h400015365ef5be0e"

  @Test(arguments: [
    (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":1}"#, #"{"a":1,"b":2}"#), (#"{"a":1}"#, "{}"),
    ("[1]", "[]"), (#""x""#, #""y""#), ("null", #""x""#), ("true", "1"),
    (#""2026-11-24T13:49:48.563""#, #""2026-11-24T13:49:48.563Z""#),
    (#""\#(one)""#, #""nope""#), (#"["\#(one)","\#(two)"]"#, #"["\#(one)","\#(one)"]"#),
    (#"["\#(one)","\#(one)"]"#, #"["\#(one)","\#(two)"]"#),
  ])
  func differencesAreSeen(_ expected: String, _ actual: String) throws {
    var likeness = Likeness()
    let differences = likeness.differences(
      try #require(WireJSON(parsing: expected.utf8)), try #require(WireJSON(parsing: actual.utf8)))
    #expect(!differences.isEmpty)
  }

  @Test(arguments: [
    (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#), (#""\#(one)""#, #""\#(two)""#),
    (#""2026-11-24T13:49:48.563Z""#, #""2025-01-01T00:00:00.000Z""#),
  ])
  func idsDatesAndOrderOfKeysAreFree(_ expected: String, _ actual: String) throws {
    var likeness = Likeness()
    let differences = likeness.differences(
      try #require(WireJSON(parsing: expected.utf8)), try #require(WireJSON(parsing: actual.utf8)))
    #expect(differences == [])
  }
}
