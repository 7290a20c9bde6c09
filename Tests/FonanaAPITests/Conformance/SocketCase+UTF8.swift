extension SocketCase {
  private static let kosme: [UInt8] = Array("κ\u{1f79}σμε".utf8)  // 2, 3, 2, 2 and 2 bytes

  /// 6.*: texts that are UTF-8, and texts that are not.
  static var utf8: [SocketCase] {
    empties + whole + broken + failingFast
      + texts("6.5", valid: greetings)
      + (1...11).map { length in
        one(
          "6.6.\(length)", Array(kosme.prefix(length)), isValid: [2, 5, 7, 9, 11].contains(length))
      }
      + texts("6.7", valid: [[0], [0xc2, 0x80], [0xe0, 0xa0, 0x80], [0xf0, 0x90, 0x80, 0x80]])
      + texts(
        "6.8", invalid: [[0xf8, 0x88, 0x80, 0x80, 0x80], [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80]])
      + texts(
        "6.9", valid: [[0x7f], [0xdf, 0xbf], [0xef, 0xbf, 0xbf], [0xf4, 0x8f, 0xbf, 0xbf]])
      + texts(
        "6.10",
        invalid: [
          [0xf7, 0xbf, 0xbf, 0xbf], [0xfb, 0xbf, 0xbf, 0xbf, 0xbf],
          [0xfd, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf],
        ])
      + boundaries + continuations + lonelyStarts + cutSequences
      + texts("6.16", invalid: [[0xfe], [0xff], [0xfe, 0xfe, 0xff, 0xff]])
      + texts("6.17", invalid: overlong([0xc0, 0xe0, 0xf0, 0xf8, 0xfc], last: 0xaf))
      + texts(
        "6.18",
        invalid: [
          [0xc1, 0xbf], [0xe0, 0x9f, 0xbf], [0xf0, 0x8f, 0xbf, 0xbf],
          [0xf8, 0x87, 0xbf, 0xbf, 0xbf],
          [0xfc, 0x83, 0xbf, 0xbf, 0xbf, 0xbf],
        ])
      + texts("6.19", invalid: overlong([0xc0, 0xe0, 0xf0, 0xf8, 0xfc], last: 0x80))
      + surrogates + texts("6.22", valid: noncharacters)
      + texts("6.23", valid: (0xfff9...0xffff).map(scalar))
  }

  private static var empties: [SocketCase] {
    [
      SocketCase("6.1.1", [text("")], messages: 1),
      SocketCase(
        "6.1.2", [text("", isFinal: false), more("", isFinal: false), more("")], messages: 1),
      SocketCase(
        "6.1.3", [text("", isFinal: false), more("middle", isFinal: false), more("")], messages: 1),
    ]
  }

  private static var whole: [SocketCase] {
    let text = Array("Hello-µ@ßöäüàá-UTF-8!!".utf8)
    return [
      one("6.2.1", text, isValid: true),
      SocketCase(
        "6.2.2",
        [frame(1, Array("Hello-µ@ßö".utf8), isFinal: false), frame(0, Array("äüàá-UTF-8!!".utf8))],
        messages: 1),
      SocketCase("6.2.3", bytewise(text), messages: 1),
      SocketCase("6.2.4", bytewise(kosme), messages: 1),
    ]
  }

  private static let spoilt: [UInt8] = kosme + [0xed, 0xa0, 0x80] + Array("edited".utf8)

  private static var broken: [SocketCase] {
    [
      SocketCase("6.3.1", [frame(1, spoilt)], end: .close(1007)),
      SocketCase("6.3.2", bytewise(spoilt), end: .close(1007)),
    ]
  }

  /// The client may wait for the end of the message, and does.
  private static var failingFast: [SocketCase] {
    let outside: [UInt8] = [0xf4, 0x90, 0x80, 0x80]
    let rest = Array("edited".utf8)
    func inThree(_ parts: [[UInt8]]) -> [[UInt8]] {
      [
        frame(1, parts[0], isFinal: false), frame(0, parts[1], isFinal: false), frame(0, parts[2]),
      ]
    }
    let ends: [[[UInt8]]] = [
      [kosme, outside, rest], [kosme + [0xf4], [0x90], [0x80, 0x80] + rest],
    ]
    return [
      SocketCase("6.4.1", inThree(ends[0]), end: .close(1007)),
      SocketCase("6.4.2", inThree(ends[1]), end: .close(1007)),
      SocketCase("6.4.3", [frame(1, Array(ends[0].joined()))], end: .close(1007), chopped: 12),
      SocketCase("6.4.4", [frame(1, Array(ends[1].joined()))], end: .close(1007), chopped: 13),
    ]
  }

  private static let greetings = ["κόσμε", "Grüße", "здравствуй", "こんにちは", "😀🏳️‍🌈"].map {
    Array($0.utf8)
  }

  /// 6.11.*
  private static var boundaries: [SocketCase] {
    texts(
      "6.11",
      valid: [
        [0xed, 0x9f, 0xbf], [0xee, 0x80, 0x80], [0xef, 0xbf, 0xbd], [0xf4, 0x8f, 0xbf, 0xbf],
      ]) + [one("6.11.5", [0xf4, 0x90, 0x80, 0x80], isValid: false)]
  }

  /// 6.12.*: continuation bytes without a start.
  private static var continuations: [SocketCase] {
    texts(
      "6.12",
      invalid: [[0x80], [0xbf]]
        + (2...6).map { count in (0..<count).map { $0 % 2 == 0 ? 0x80 : 0xbf } }
        + [Array(0x80...0xbf)])
  }

  /// 6.13.*: each start byte with a space behind it.
  private static var lonelyStarts: [SocketCase] {
    let ranges: [ClosedRange<UInt8>] = [
      0xc0...0xdf, 0xe0...0xef, 0xf0...0xf7, 0xf8...0xfb, 0xfc...0xfd,
    ]
    return texts("6.13", invalid: ranges.map { $0.flatMap { [$0, 0x20] } })
  }

  /// 6.14.*: the last byte of a sequence is missing; 6.15.1: all of them together.
  private static var cutSequences: [SocketCase] {
    let cut: [[UInt8]] = [
      [0xc0], [0xe0, 0x80], [0xf0, 0x80, 0x80], [0xf8, 0x80, 0x80, 0x80],
      [0xfc, 0x80, 0x80, 0x80, 0x80], [0xdf], [0xef, 0xbf], [0xf7, 0xbf, 0xbf],
      [0xfb, 0xbf, 0xbf, 0xbf], [0xfd, 0xbf, 0xbf, 0xbf, 0xbf],
    ]
    return texts("6.14", invalid: cut) + texts("6.15", invalid: [Array(cut.joined())])
  }

  /// 6.20.* alone, 6.21.* in pairs.
  private static var surrogates: [SocketCase] {
    let alone: [[UInt8]] = [
      [0xed, 0xa0, 0x80], [0xed, 0xad, 0xbf], [0xed, 0xae, 0x80], [0xed, 0xaf, 0xbf],
      [0xed, 0xb0, 0x80], [0xed, 0xbe, 0x80], [0xed, 0xbf, 0xbf],
    ]
    let lows: [[UInt8]] = [[0xed, 0xb0, 0x80], [0xed, 0xbf, 0xbf]]
    let pairs = alone.prefix(4).flatMap { high in lows.map { high + $0 } }
    return texts("6.20", invalid: alone) + texts("6.21", invalid: pairs)
  }

  /// The last two of each of the 17 planes.
  private static var noncharacters: [[UInt8]] {
    (0...0x10).flatMap { plane in [0xfffe, 0xffff].map { scalar(plane << 16 | $0) } }
  }

  private static func scalar(_ value: Int) -> [UInt8] {
    Unicode.Scalar(UInt32(value)).map { Array(String($0).utf8) } ?? []
  }

  /// Of the least bits: as long as the start byte says, with nothing in front of the last byte.
  private static func overlong(_ starts: [UInt8], last: UInt8) -> [[UInt8]] {
    starts.enumerated().map { index, start in
      [start] + [UInt8](repeating: 0x80, count: index) + [last]
    }
  }

  private static func bytewise(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.enumerated().map { index, byte in
      frame(index == 0 ? 1 : 0, [byte], isFinal: index == bytes.count - 1)
    }
  }

  private static func texts(
    _ group: String, valid: [[UInt8]] = [], invalid: [[UInt8]] = []
  ) -> [SocketCase] {
    valid.enumerated().map { one("\(group).\($0 + 1)", $1, isValid: true) }
      + invalid.enumerated().map { one("\(group).\($0 + 1)", $1, isValid: false) }
  }

  private static func one(_ number: String, _ bytes: [UInt8], isValid: Bool) -> SocketCase {
    SocketCase(
      number, [frame(1, bytes)], messages: isValid ? 1 : 0, end: isValid ? .none : .close(1007))
  }
}
