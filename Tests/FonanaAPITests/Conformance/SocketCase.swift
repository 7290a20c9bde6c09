/// One case: what a server sends after the upgrade, and what the client must make of it.
///
/// The numbers are those of the Autobahn test suite, which tests an echoing peer; ours does not
/// echo, so that each case is judged by the messages that arrive, the frames that are answered and
/// how the connection ends.
struct SocketCase: Sendable, CustomStringConvertible {
  enum End: Sendable, Equatable {
    /// It goes on: a ping is still answered.
    case none
    /// The client closes, with this code.
    case close(UInt16)
  }

  var number: String
  /// Each is written alone.
  var segments: [[UInt8]]
  /// Text and binary messages that arrive.
  var messages: Int
  /// Payloads of the pongs that the client answers with, in order.
  var pongs: [[UInt8]] = []
  var end: End = .none

  var description: String { number }

  init(
    _ number: String, _ frames: [[UInt8]], messages: Int = 0, pongs: [[UInt8]] = [],
    end: End = .none, chopped size: Int? = nil
  ) {
    self.number = number
    segments =
      size.map { size in
        let all = Array(frames.joined())
        return stride(from: 0, to: all.count, by: size)
          .map { Array(all[$0..<min($0 + size, all.count)]) }
      } ?? frames
    (self.messages, self.pongs, self.end) = (messages, pongs, end)
  }

  static let protocolError = End.close(1002)

  static var all: [SocketCase] {
    framing + pings + reservedBits + opcodes + fragmentation + utf8 + closing + autoFragmentation
  }
}

/// Frames as servers send them.
func frame(
  _ opcode: UInt8, _ payload: [UInt8] = [], isFinal: Bool = true, rsv: UInt8 = 0
) -> [UInt8] {
  RawConnection.frame(opcode, payload, isFinal: isFinal, reserved: rsv << 4)
}

func text(_ text: String, isFinal: Bool = true) -> [UInt8] {
  frame(1, Array(text.utf8), isFinal: isFinal)
}

func more(_ text: String, isFinal: Bool = true) -> [UInt8] {
  frame(0, Array(text.utf8), isFinal: isFinal)
}
