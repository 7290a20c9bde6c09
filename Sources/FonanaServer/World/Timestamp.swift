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
    var text: [UInt8] = []
    append(year, digits: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    append(month, digits: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    append(day, digits: 2, to: &text)
    text.append(UInt8(ascii: "T"))
    append(second / 3600, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(second / 60 % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(second % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: "."))
    append(dayPart % 1000, digits: 3, to: &text)
    if zone { text.append(UInt8(ascii: "Z")) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The milliseconds of an ISO text such as `2026-11-24T13:49:48.563Z`; nil for anything else.
  package static func parse(_ text: String) -> Int64? {
    let numbers = text.split { !("0"..."9").contains($0) }.compactMap { Int64($0) }
    guard numbers.count >= 6, text.utf8.count >= 19 else { return nil }
    let seconds = numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    let milliseconds = numbers.count > 6 ? numbers[6] : 0
    return (days(numbers[0], numbers[1], numbers[2]) * 86_400 + seconds) * 1000 + milliseconds
  }

  private static func append(_ value: Int64, digits: Int, to text: inout [UInt8]) {
    var divisor: Int64 = 1
    for _ in 1..<digits { divisor *= 10 }
    for _ in 0..<digits {
      text.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
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
