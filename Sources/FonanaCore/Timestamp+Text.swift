extension Timestamp: CustomStringConvertible {
  /// RFC 3339, UTC, with milliseconds: `2026-11-24T13:49:48.563Z`.
  package var description: String {
    let (days, inDay) = milliseconds.flooringDivide(by: 86_400_000)
    let date = CivilDate(daysSince1970: days)
    let (hour, inHour) = inDay.flooringDivide(by: 3_600_000)
    let (minute, inMinute) = inHour.flooringDivide(by: 60_000)
    let (second, millisecond) = inMinute.flooringDivide(by: 1000)
    guard (0...9999).contains(date.year) else {
      return "\(date.year)-\(date.month)-\(date.day)T\(hour):\(minute):\(second).\(millisecond)Z"
    }
    var text = DigitWriter()
    text.write(date.year, 4, before: "-")
    text.write(date.month, 2, before: "-")
    text.write(date.day, 2, before: "T")
    text.write(hour, 2, before: ":")
    text.write(minute, 2, before: ":")
    text.write(second, 2, before: ".")
    text.write(millisecond, 3, before: "Z")
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// From the year 0 to the end of 9999.
  private static let writableSeconds: Range<Int64> = -62_167_219_200..<253_402_300_800

  /// Reads ISO 8601 text as the server writes it: with `Z`, with an offset, or without a zone,
  /// which means UTC (docs/protocol.md, 3). Fractions beyond milliseconds are cut off.
  package init?(_ text: some StringProtocol) {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(digits: 4), scanner.skip("-"),
      let month = scanner.number(digits: 2), (1...12).contains(month), scanner.skip("-"),
      let day = scanner.number(digits: 2), (1...31).contains(day),
      scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
      let hour = scanner.number(digits: 2), hour < 24, scanner.skip(":"),
      let minute = scanner.number(digits: 2), minute < 60, scanner.skip(":"),
      let second = scanner.number(digits: 2), second <= 60
    else { return nil }
    let fraction = scanner.skip(".") ? scanner.fractionAsMilliseconds() : 0
    guard let fraction, let offset = scanner.zoneOffsetInMinutes(), scanner.isAtEnd else {
      return nil
    }
    let days = CivilDate(year: year, month: month, day: day).daysSince1970
    let seconds = days * 86_400 + (hour * 60 + minute - offset) * 60 + second
    // In UTC too the year has four digits, or it could not be written.
    guard Self.writableSeconds.contains(seconds) else { return nil }
    self.init(milliseconds: seconds * 1000 + fraction)
  }
}

/// Writes numbers of a fixed width: a time is written for each message that is shown.
private struct DigitWriter {
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(24) }

  mutating func write(_ number: Int64, _ width: Int, before sign: Unicode.Scalar) {
    var divisor: Int64 = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
    bytes.append(UInt8(ascii: sign))
  }
}

extension Int64 {
  fileprivate func flooringDivide(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (q, r) = quotientAndRemainder(dividingBy: divisor)
    return r < 0 ? (q - 1, r + divisor) : (q, r)
  }
}

/// A day of the proleptic Gregorian calendar.
///
/// The conversions are Howard Hinnant's `days_from_civil` and `civil_from_days`
/// (https://howardhinnant.github.io/date_algorithms.html).
struct CivilDate: Equatable {
  var year: Int64
  var month: Int64
  var day: Int64

  init(year: Int64, month: Int64, day: Int64) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  init(daysSince1970: Int64) {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var daysSince1970: Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
