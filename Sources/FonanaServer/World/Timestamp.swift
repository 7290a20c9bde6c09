import FoundationEssentials

/// Times of the protocol: milliseconds since 1970 and their ISO text.
package enum Timestamp {
  package static func now() -> Int64 {
    Int64(Date().timeIntervalSince1970 * 1000)
  }

  /// `2026-11-24T13:49:48.563Z`; without the `Z` where generation B forgets the zone.
  package static func text(_ milliseconds: Int64, zone: Bool = true) -> String {
    let (days, dayPart) = milliseconds.quotientAndFloorRemainder(86_400_000)
    let (year, month, day) = civil(days)
    let second = dayPart / 1000
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    let clock =
      "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    return "\(date)T\(clock).\(padded(dayPart % 1000, 3))" + (zone ? "Z" : "")
  }

  /// The milliseconds of an ISO text such as `2026-11-24T13:49:48.563Z`; nil for anything else.
  package static func parse(_ text: String) -> Int64? {
    let numbers = text.split { !("0"..."9").contains($0) }.compactMap { Int64($0) }
    guard numbers.count >= 6, text.utf8.count >= 19 else { return nil }
    let seconds = numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    let milliseconds = numbers.count > 6 ? numbers[6] : 0
    return (days(numbers[0], numbers[1], numbers[2]) * 86_400 + seconds) * 1000 + milliseconds
  }

  private static func padded(_ value: Int64, _ digits: Int) -> String {
    let text = String(value)
    return text.utf8.count < digits
      ? String(repeating: "0", count: digits - text.utf8.count) + text : text
  }

  /// The Gregorian date of a day number counted from 1970; a year begins in March here, so that
  /// the leap day is its last.
  private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
    let (era, dayOfEra) = (days + 719_468).quotientAndFloorRemainder(146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let (era, yearOfEra) = (month <= 2 ? year - 1 : year).quotientAndFloorRemainder(400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Int64 {
  fileprivate func quotientAndFloorRemainder(_ divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
