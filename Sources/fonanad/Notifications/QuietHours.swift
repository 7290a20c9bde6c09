import FonanaCore
import Glibc

/// A stretch of the local day, such as 22:00-08:00, in which nothing pops up.
struct QuietHours: Hashable, Sendable {
  /// Minutes of the day.
  let start: Int
  let end: Int

  /// nil unless `text` is `HH:MM-HH:MM`.
  init?(_ text: String) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let start = Self.minutes(ends[0]), let end = Self.minutes(ends[1])
    else { return nil }
    (self.start, self.end) = (start, end)
  }

  func contains(minuteOfDay: Int) -> Bool {
    start <= end
      ? (start..<end).contains(minuteOfDay) : minuteOfDay >= start || minuteOfDay < end
  }

  static func localMinuteOfDay(_ time: Timestamp) -> Int {
    var seconds = time_t(time.milliseconds / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return Int(parts.tm_hour) * 60 + Int(parts.tm_min)
  }

  private static func minutes(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    return hour * 60 + minute
  }
}
