extension SocketCase {
  /// The three ways of writing: at once, frame by frame, byte by byte.
  private static func threeWays(
    _ numbers: [Int], _ frames: [[UInt8]], messages: Int = 0, pongs: [[UInt8]] = [],
    end: End = .none
  ) -> [SocketCase] {
    let ways: [([[UInt8]], Int?)] = [([Array(frames.joined())], nil), (frames, nil), (frames, 1)]
    return zip(numbers, ways).map { number, way in
      SocketCase(
        "5.\(number)", way.0, messages: messages, pongs: pongs, end: end, chopped: way.1)
    }
  }

  /// 5.*: messages in fragments, with control frames between them, and fragments of nothing.
  static var fragmentation: [SocketCase] {
    let ping = frame(9, [7])
    let halves = [text("frag", isFinal: false), more("ment")]
    let around = [halves[0], ping, halves[1]]
    let orphan = [more("no message", isFinal: true), text("one")]
    let openOrphan = [more("no message", isFinal: false), text("one")]
    return [
      SocketCase(
        "5.1", [frame(9, [7], isFinal: false), more("rest")], end: protocolError),
      SocketCase(
        "5.2", [frame(10, [7], isFinal: false), more("rest")], end: protocolError),
    ]
      + threeWays([3, 4, 5], halves, messages: 1)
      + threeWays([6, 7, 8], around, messages: 1, pongs: [[7]])
      + threeWays([9, 10, 11], orphan, end: protocolError)
      + threeWays([12, 13, 14], openOrphan, end: protocolError)
      + [
        SocketCase(
          "5.15", halves + [more("no message", isFinal: false), text("two")], messages: 1,
          end: protocolError),
        SocketCase(
          "5.16", [more("none", isFinal: false)] + halves + [more("none", isFinal: false)],
          end: protocolError),
        SocketCase("5.17", [more("none")] + halves + [more("none")], end: protocolError),
        SocketCase("5.18", [halves[0], text("another")], end: protocolError),
        SocketCase("5.19", fiveParts, messages: 1, pongs: [[1], [2]]),
        SocketCase("5.20", [Array(fiveParts.joined())], messages: 1, pongs: [[1], [2]]),
      ]
  }

  private static var fiveParts: [[UInt8]] {
    [
      text("one ", isFinal: false), more("two ", isFinal: false), frame(9, [1]),
      more("three ", isFinal: false), more("four ", isFinal: false), frame(9, [2]), more("five"),
    ]
  }

  /// 7.*: the end of a connection.
  static var closing: [SocketCase] {
    let normal = close(1000)
    let large = frame(1, [UInt8](repeating: 0x2a, count: 262_144))
    return [
      SocketCase("7.1.1", [text("one"), normal], messages: 1, end: .close(1000)),
      SocketCase("7.1.2", [normal, normal], end: .close(1000)),
      SocketCase("7.1.3", [normal, frame(9, [7])], end: .close(1000)),
      SocketCase("7.1.4", [normal, text("late")], end: .close(1000)),
      SocketCase(
        "7.1.5", [text("half", isFinal: false), normal, more("rest")], end: .close(1000)),
      SocketCase("7.1.6", [large, text("two"), normal, frame(9)], messages: 2, end: .close(1000)),
      SocketCase("7.3.1", [frame(8)], end: .close(1000)),
      SocketCase("7.3.2", [frame(8, [0x03])], end: protocolError),
      SocketCase("7.3.3", [normal], end: .close(1000)),
      SocketCase("7.3.4", [close(1000, "enough")], end: .close(1000)),
      SocketCase(
        "7.3.5", [close(1000, String(repeating: "*", count: 123))], end: .close(1000)),
      SocketCase(
        "7.3.6", [close(1000, String(repeating: "*", count: 124))], end: protocolError),
      SocketCase(
        "7.5.1", [frame(8, [0x03, 0xe8] + Array("κόσμ".utf8) + [0xce])], end: .close(1007)),
    ]
      + codes(
        "7.7",
        [
          1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999,
        ]
      ) { .close($0) }
      + codes("7.9", [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999]) { _ in protocolError }
      + codes("7.13", [5000, 65_535]) { _ in protocolError }
  }

  private static func codes(
    _ group: String, _ codes: [UInt16], _ end: (UInt16) -> End
  ) -> [SocketCase] {
    codes.enumerated().map { index, code in
      SocketCase("\(group).\(index + 1)", [close(code)], end: end(code))
    }
  }

  private static func close(_ code: UInt16, _ reason: String = "") -> [UInt8] {
    frame(8, [UInt8(code >> 8), UInt8(code & 0xff)] + Array(reason.utf8))
  }
}
