import FonanaCore
import Testing

@testable import fonana_cli

@Suite struct TimeTests {
  /// 2026-11-24T13:49:48Z
  private let now = Timestamp(milliseconds: 1_795_528_188_000)

  static let times = [
    ("2h", "2026-11-24T11:49:48.000Z"), ("3d", "2026-11-21T13:49:48.000Z"),
    ("today", "2026-11-24T00:00:00.000Z"), ("yesterday", "2026-11-23T00:00:00.000Z"),
    ("2026-11-01", "2026-11-01T00:00:00.000Z"), ("2026-11-01 08:30", "2026-11-01T08:30:00.000Z"),
    ("2026-11-01T08:30:05", "2026-11-01T08:30:05.000Z"),
    ("2026-11-01T08:30:05+02:00", "2026-11-01T06:30:05.000Z"),
  ]

  @Test(arguments: times)
  func timesAreRead(_ text: String, _ expected: String) throws {
    #expect(try TimeArgument.parse(text, now: now, zone: .utc).description == expected)
  }

  @Test(arguments: ["", "h", "-2h", "2x", "tomorrow", "2026-13-01", "12:30", "2026"])
  func otherTextsAreNoTimes(_ text: String) {
    let error = #expect(throws: FonanaError.self) {
      try TimeArgument.parse(text, now: now, zone: .utc)
    }
    #expect(error?.code == .invalidInput)
  }

  @Test func durationsAreRead() throws {
    #expect(try DurationArgument.parse("90s") == .seconds(90))
    #expect(try DurationArgument.parse("5m") == .seconds(300))
    for bad in ["5", "m", "5 m", "1.5h", "9999999999999999999s"] {
      #expect(throws: FonanaError.self) { try DurationArgument.parse(bad) }
    }
  }

  static let ages: [(Int64, String)] = [
    (5, "now"), (61, "1 min ago"), (7300, "2 h ago"), (200_000, "2 d ago"),
    (700_000, "2026-11-16 11:23"), (-30, "now"), (-300, "in 5 min"),
  ]

  @Test(arguments: ages)
  func terminalShowsAges(_ seconds: Int64, _ expected: String) {
    var style = TextStyle()
    (style.isTerminal, style.now) = (true, now)
    #expect(style.time(now - .seconds(seconds)) == expected)
  }

  @Test func pipeShowsInstants() {
    var style = TextStyle()
    style.now = now
    #expect(style.time(now) == "2026-11-24T13:49:48Z")
    #expect(style.time(nil) == "-")
  }
}
