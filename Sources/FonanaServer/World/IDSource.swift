/// Makes ids that look like the server's (cuid: `cm…`, 25 characters) and never repeat.
struct IDSource: Sendable {
  private var counter: UInt32 = 0
  private var random: UInt64

  init(seed: UInt64) {
    random = seed | 1
  }

  mutating func next(at milliseconds: Int64) -> String {
    counter += 1
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let time = Self.base36(UInt64(max(0, milliseconds)), digits: 8)
    return "cm" + time + Self.base36(UInt64(counter), digits: 6)
      + Self.base36(random >> 13, digits: 9)
  }

  private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

  private static func base36(_ value: UInt64, digits count: Int) -> String {
    var rest = value
    var text = [UInt8](repeating: UInt8(ascii: "0"), count: count)
    for index in text.indices.reversed() {
      text[index] = digits[Int(rest % 36)]
      rest /= 36
    }
    return String(decoding: text, as: UTF8.self)
  }
}
