import FonanaCore
import Glibc

/// How far local wall time is from UTC.
enum LocalZone: Sendable {
  case utc
  case system

  /// Seconds east of UTC at `time`.
  func offset(at time: Timestamp) -> Int64 {
    guard case .system = self else { return 0 }
    var seconds = time_t(time.milliseconds / 1000)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return 0 }
    return Int64(parts.tm_gmtoff)
  }

  /// `2026-11-24 14:49`, local.
  func minuteText(_ time: Timestamp) -> String {
    let local = Timestamp(milliseconds: time.milliseconds + offset(at: time) * 1000).description
    return local.prefix(10) + " " + local.dropFirst(11).prefix(5)
  }

  /// The instant at which local clocks show what `text` (without a zone) says.
  func instant(_ text: String) -> Timestamp? {
    // Of a day that is in no calendar the next month would be made.
    guard let asUTC = Timestamp(text), asUTC.description.hasPrefix(text.prefix(10)) else {
      return nil
    }
    let guess = Timestamp(milliseconds: asUTC.milliseconds - offset(at: asUTC) * 1000)
    return Timestamp(milliseconds: asUTC.milliseconds - offset(at: guess) * 1000)
  }
}
