import FonanaCore

/// Times as people read them.
extension TextStyle {
  /// `3 min ago` on a terminal, `2026-11-24T13:49:48Z` in a pipe.
  func time(_ time: Timestamp?) -> String {
    guard let time else { return "-" }
    guard isTerminal else { return String(time.description.prefix(19)) + "Z" }
    let age = now - time
    if age < .zero { return age > .seconds(-60) ? "now" : "in " + Self.amount(.zero - age) }
    if age < .seconds(60) { return "now" }
    if age < .seconds(7 * 86_400) { return Self.amount(age) + " ago" }
    return zone.minuteText(time)
  }

  /// `45 s`, `3 min`, `2 h`, `5 d`: the largest unit that fits.
  static func amount(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    return switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min"
    case ..<86_400: "\(seconds / 3600) h"
    default: "\(seconds / 86_400) d"
    }
  }
}
