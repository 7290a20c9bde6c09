extension SocketCase {
  private static let lengths = [0, 125, 126, 127, 128, 65_535, 65_536]

  /// 1.*: lengths of texts and binaries.
  static var framing: [SocketCase] {
    [UInt8(1), 2].flatMap { opcode in
      let whole = lengths.enumerated().map { index, length in
        SocketCase(
          "1.\(opcode).\(index + 1)", [frame(opcode, [UInt8](repeating: 0x2a, count: length))],
          messages: 1)
      }
      let chopped = SocketCase(
        "1.\(opcode).8", [frame(opcode, [UInt8](repeating: 0x2a, count: 65_536))], messages: 1,
        chopped: 997)
      return whole + [chopped]
    }
  }

  /// 2.*: pings and pongs.
  static var pings: [SocketCase] {
    let hello = Array("Good morning".utf8)
    let binary: [UInt8] = [0x00, 0xff, 0xfe, 0xfd, 0x00, 0xff]
    let longest = [UInt8](repeating: 0xfe, count: 125)
    let ten = (0..<10).map { Array("ping \($0)".utf8) }
    return [
      SocketCase("2.1", [frame(9)], pongs: [[]]),
      SocketCase("2.2", [frame(9, hello)], pongs: [hello]),
      SocketCase("2.3", [frame(9, binary)], pongs: [binary]),
      SocketCase("2.4", [frame(9, longest)], pongs: [longest]),
      SocketCase("2.5", [frame(9, longest + [0xfe])], end: protocolError),
      SocketCase("2.6", [frame(9, longest)], pongs: [longest], chopped: 1),
      SocketCase("2.7", [frame(10)]),
      SocketCase("2.8", [frame(10, hello)]),
      SocketCase("2.9", [frame(10, hello), frame(9, binary)], pongs: [binary]),
      SocketCase("2.10", ten.map { frame(9, $0) }, pongs: ten),
      SocketCase("2.11", ten.map { frame(9, $0) }, pongs: ten, chopped: 1),
    ]
  }

  /// 3.*: reserved bits without an extension.
  static var reservedBits: [SocketCase] {
    func behindText(_ number: String, _ rsv: UInt8, chopped: Int? = nil) -> SocketCase {
      SocketCase(
        number, [text("one"), frame(1, [0x41], rsv: rsv), frame(9)], messages: 1,
        end: protocolError, chopped: chopped)
    }
    return [
      SocketCase("3.1", [frame(1, [0x41], rsv: 1)], end: protocolError),
      behindText("3.2", 2),
      SocketCase(
        "3.3", [text("one") + frame(1, [0x41], rsv: 3), frame(9)], messages: 1,
        end: protocolError),
      behindText("3.4", 4, chopped: 1),
      SocketCase("3.5", [frame(2, [0x00, 0xff], rsv: 5)], end: protocolError),
      SocketCase("3.6", [frame(9, [0x41], rsv: 6)], end: protocolError),
      SocketCase("3.7", [frame(8, [0x03, 0xe8], rsv: 7)], end: protocolError),
    ]
  }

  /// 4.*: opcodes that nobody has defined.
  static var opcodes: [SocketCase] {
    [(1, UInt8(3)), (2, 11)].flatMap { group, first in
      (1...5).map { index in
        let opcode = first + UInt8(index) - 1
        let payload: [UInt8] = index == 1 ? [] : [0x41]
        let isAlone = index < 3
        let frames = (isAlone ? [] : [text("one")]) + [frame(opcode, payload), frame(9)]
        return SocketCase(
          "4.\(group).\(index)", frames, messages: isAlone ? 0 : 1, end: protocolError,
          chopped: index == 5 ? 1 : nil)
      }
    }
  }

  /// 10.*: a message in many frames.
  static var autoFragmentation: [SocketCase] {
    let parts = 65_536 / 1300
    let frames = (0...parts).map { index in
      frame(
        index == 0 ? 1 : 0,
        [UInt8](repeating: 0x2a, count: index == parts ? 65_536 - parts * 1300 : 1300),
        isFinal: index == parts)
    }
    return [SocketCase("10.1.1", frames, messages: 1)]
  }
}
