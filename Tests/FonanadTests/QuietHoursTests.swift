import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@testable import fonanad

/// Quiet hours are of the clock on the wall, also on the two nights in which it is changed.
@Suite(.serialized) struct QuietHoursTests {
  /// In Berlin the clock goes from 2 to 3 on 29 March 2026 and from 3 back to 2 on 25 October.
  static let moments: [(quiet: String, utc: String, isQuiet: Bool)] = [
    ("22:00-08:00", "2026-03-28T20:59:59.000Z", false),
    ("22:00-08:00", "2026-03-28T21:00:00.000Z", true),
    ("22:00-08:00", "2026-03-29T05:59:59.000Z", true),
    ("22:00-08:00", "2026-03-29T06:00:00.000Z", false),
    ("22:00-08:00", "2026-10-24T19:59:59.000Z", false),
    ("22:00-08:00", "2026-10-24T20:00:00.000Z", true),
    ("22:00-08:00", "2026-10-25T06:59:59.000Z", true),
    ("22:00-08:00", "2026-10-25T07:00:00.000Z", false),
    // The hour that is left out, and the one that comes twice.
    ("02:30-03:30", "2026-03-29T00:59:59.000Z", false),
    ("02:30-03:30", "2026-03-29T01:00:00.000Z", true),
    ("02:30-03:30", "2026-03-29T01:30:00.000Z", false),
    ("02:00-03:00", "2026-10-25T00:30:00.000Z", true),
    ("02:00-03:00", "2026-10-25T01:30:00.000Z", true),
    ("02:00-03:00", "2026-10-25T02:00:00.000Z", false),
  ]

  @Test(arguments: moments)
  func theClockOnTheWallDecides(_ moment: (quiet: String, utc: String, isQuiet: Bool)) throws {
    let zone = getenv("TZ").map { String(cString: $0) }
    setenv("TZ", "Europe/Berlin", 1)
    tzset()
    defer {
      if let zone { setenv("TZ", zone, 1) } else { unsetenv("TZ") }
      tzset()
    }
    let time = try #require(Timestamp(moment.utc))
    let hours = try #require(QuietHours(moment.quiet))
    #expect(hours.contains(minuteOfDay: QuietHours.localMinuteOfDay(time)) == moment.isQuiet)
  }

  @Test func aSnoozeIsReadAgain() throws {
    let home = try TemporaryHome()
    defer { try? home.remove() }
    let file = SnoozeFile(path: home.path("snoozed-until"))
    let now = Timestamp(milliseconds: 1_790_000_000_000)
    #expect(file.read() == nil)
    try file.write(now + .seconds(60))
    #expect(file.end(wall: now, boot: .seconds(5)) == .seconds(65))
    #expect(file.end(wall: now + .seconds(60), boot: .seconds(5)) == nil, "it is over")
    try file.write(nil)
    #expect(file.read() == nil)
    _ = try home.write("next week", to: "snoozed-until")
    #expect(file.read() == nil)
  }
}
