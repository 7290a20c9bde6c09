/// Reads the fixed-width numbers and signs of a date text, byte by byte.
struct DigitScanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: some StringProtocol) { rest = ArraySlice(text.utf8) }

  var isAtEnd: Bool { rest.isEmpty }

  /// Takes `sign` when it comes next.
  mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    guard let next = rest.first, UInt32(next) == sign.value else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes exactly `digits` digits.
  mutating func number(digits: Int) -> Int64? {
    guard rest.count >= digits else { return nil }
    var value: Int64 = 0
    for byte in rest.prefix(digits) {
      guard let digit = Self.digit(byte) else { return nil }
      value = value * 10 + digit
    }
    rest.removeFirst(digits)
    return value
  }

  /// Takes the digits after a decimal point; nil when there are none.
  mutating func fractionAsMilliseconds() -> Int64? {
    let digits = rest.prefix { Self.digit($0) != nil }
    guard !digits.isEmpty else { return nil }
    rest.removeFirst(digits.count)
    let three = (Array(digits) + [48, 48]).prefix(3)
    return three.reduce(0) { $0 * 10 + (Self.digit($1) ?? 0) }
  }

  /// Takes `Z`, `+hh:mm`, `-hh:mm` or nothing, which means UTC.
  mutating func zoneOffsetInMinutes() -> Int64? {
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    let isNegative = skip("-")
    guard isNegative || skip("+"), let hours = number(digits: 2) else { return nil }
    _ = skip(":")
    guard let minutes = number(digits: 2) else { return nil }
    return (hours * 60 + minutes) * (isNegative ? -1 : 1)
  }

  private static func digit(_ byte: UInt8) -> Int64? {
    (48...57).contains(byte) ? Int64(byte) - 48 : nil
  }
}
