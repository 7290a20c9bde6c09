import FonanaCore

/// TIME of docs/interface.md: RFC 3339, a local date with or without a time, `today`,
/// `yesterday`, or an age such as `2h`.
enum TimeArgument {
  static func parse(_ text: String, now: Timestamp, zone: LocalZone) throws(FonanaError)
    -> Timestamp
  {
    if let age = DurationText.duration(text) { return now - age }
    if let time = day(text, now, zone) ?? dateOrInstant(text, zone) { return time }
    throw FonanaError(
      .invalidInput, "“\(DisplayText.line(text, limit: 40))” is not a time.",
      hint: "Write 2h, today, 2026-11-24, “2026-11-24 13:49” or 2026-11-24T13:49:00Z.")
  }

  private static func day(_ text: String, _ now: Timestamp, _ zone: LocalZone) -> Timestamp? {
    let daysBack: Int64
    switch text {
    case "today": daysBack = 0
    case "yesterday": daysBack = 1
    default: return nil
    }
    // A local day may have 23 or 25 hours.
    guard let today = Timestamp(zone.minuteText(now).prefix(10) + "T00:00:00") else { return nil }
    let date = (today - .seconds(daysBack * 86_400)).description.prefix(10)
    return zone.instant(date + "T00:00:00")
  }

  private static func dateOrInstant(_ text: String, _ zone: LocalZone) -> Timestamp? {
    switch text.count {
    case 10: zone.instant(text + "T00:00:00")
    case 16: zone.instant(text + ":00")
    case 19: zone.instant(text)
    default: Timestamp(text)
    }
  }
}
