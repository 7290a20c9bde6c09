import FonanaCore
import FonanaTestSupport
import Testing

@testable import FonanaAPI

/// The head of a frame in all its forms, over the wire, judged by RFC 6455.
@Suite(.timeLimit(.minutes(2)))
struct SocketFrameTests {
  struct Head: Sendable {
    var isFinal: Bool
    var reserved: UInt8
    var isMasked: Bool
    var opcode: UInt8

    static let all = [true, false].flatMap { isFinal in
      ([0, 1, 2, 4, 7] as [UInt8]).flatMap { reserved in
        [false, true].flatMap { isMasked in
          (0...15 as ClosedRange<UInt8>).map {
            Head(isFinal: isFinal, reserved: reserved, isMasked: isMasked, opcode: $0)
          }
        }
      }
    }

    /// The frame; a close has no code, all others the text "A".
    var bytes: [UInt8] {
      let payload: [UInt8] = opcode == 8 ? [] : [0x41]
      let first = (isFinal ? 0x80 : 0) | reserved << 4 | opcode
      return [first, (isMasked ? 0x80 : 0) | UInt8(payload.count)]
        + (isMasked ? [0, 0, 0, 0] : []) + payload
    }

    /// Opcode and payload of the client's first frame, when a ping with a 7 comes behind.
    var answer: [UInt8] {
      let isControl = opcode >= 8
      guard reserved == 0, !isMasked, isFinal || !isControl else { return [8, 0x03, 0xea] }
      switch opcode {
      case 1, 2, 10: return [10, 7]
      case 8: return [8, 0x03, 0xe8]
      case 9: return [10, 0x41]
      default: return [8, 0x03, 0xea]  // a fragment of nothing, or an opcode that does not exist
      }
    }
  }

  @Test func everyHeadOfAFrameIsJudgedByTheStandard() async throws {
    #expect(Head.all.count == 320)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, head) in Head.all.enumerated() {
        if number >= 8 { try await group.next() }
        group.addTask { try await Self.check(head) }
      }
      try await group.waitForAll()
    }
  }

  private static func check(_ head: Head) async throws {
    let answer = Monitor<[UInt8]?>(nil)
    let server = try RawServer { connection in
      connection.upgrade(with: head.bytes + RawConnection.frame(9, [7]))
      let frame = connection.readFrame()
      answer.change { $0 = frame.map { [$0.opcode] + $0.payload } }
    }
    try await withSocket("ws://127.0.0.1:\(server.port)/ws")
    #expect(answer.read { $0 } == head.answer, "\(head)")
    withExtendedLifetime(server) {}
  }
}
