import FonanaCore
import FonanaTestSupport
import NIOCore
import NIOWebSocket
import Testing

@testable import FonanaAPI

/// 247 cases over the wire, numbered as in the Autobahn suite (1 to 7 and 10), and random
/// fragmentations.
@Suite(.timeLimit(.minutes(3))) struct SocketConformanceTests {
  private static let mark: [UInt8] = [0xaa, 0x55]

  @Test func all247CasesAreJudgedByTheStandard() async throws {
    let cases = SocketCase.all
    #expect(cases.count == 247 && Set(cases.map(\.number)).count == 247)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, each) in cases.enumerated() {
        if number >= 8 { try await group.next() }
        group.addTask { try await Self.check(each) }
      }
      try await group.waitForAll()
    }
  }

  /// A ping follows the case: it is answered when the connection goes on.
  private static func check(_ each: SocketCase) async throws {
    let answers = Monitor<[[UInt8]]>([])
    let server = try RawServer { connection in
      connection.upgrade()
      for segment in each.segments { connection.write(segment) }
      connection.write(frame(9, mark))
      while let frame = connection.readFrame() {
        answers.change { $0.append([frame.opcode] + frame.payload) }
        if frame.opcode == 8 || frame.payload == mark { return }
      }
    }
    let signals = try await withSocket("ws://127.0.0.1:\(server.port)/ws")
    let last: [UInt8] =
      switch each.end {
      case .none: [10] + mark
      case .close(let code): [8, UInt8(code >> 8), UInt8(code & 0xff)]
      }
    #expect(answers.read { $0 } == each.pongs.map { [10] + $0 } + [last], "\(each)")
    #expect(signals.frames.count == each.messages && signals.ends == 1, "\(each): \(signals)")
    withExtendedLifetime(server) {}
  }

  /// Any message, cut anywhere, with control frames anywhere, comes out as it was.
  @Test func hundredThousandRandomFragmentationsComeOutWhole() throws {
    var random = SeededRandom(seed: 2026)
    var assembly = SocketMessageAssembly()
    for number in 0..<100_000 {
      let text = Self.text(&random)
      let bytes = Array(text.utf8)
      var found: [SocketMessageAssembly.Message] = []
      var (start, isFirst) = (0, true)
      repeat {
        if Int.random(in: 0..<4, using: &random) == 0 {
          let data = ByteBuffer(integer: UInt8(number & 0xff))
          let ping = WebSocketFrame(fin: true, opcode: .ping, data: data)
          guard case .ping(data)? = try assembly.take(ping) else {
            Issue.record("a ping inside message \(number)")
            return
          }
        }
        let end = Int.random(in: start...bytes.count, using: &random)
        let isLast = end == bytes.count && Bool.random(using: &random)
        let part = WebSocketFrame(
          fin: isLast, opcode: isFirst ? .text : .continuation,
          data: ByteBuffer(bytes: bytes[start..<end]))
        if let message = try assembly.take(part) { found.append(message) }
        (start, isFirst) = (end, false)
        if isLast { break }
      } while true
      guard found == [.text(ByteBuffer(string: text))] else {
        Issue.record("message \(number): \(found)")
        return
      }
    }
  }

  /// The same over the wire, in segments that know nothing of frames.
  @Test func randomFragmentsInRandomSegmentsArriveInOrder() async throws {
    var random = SeededRandom(seed: 7)
    var stream: [UInt8] = []
    for number in 0..<1000 {
      var rest = Array(#"{"type":"m\#(number)"}"#.utf8)[...]
      var isFirst = true
      while !rest.isEmpty {
        let part = rest.prefix(Int.random(in: 1...rest.count, using: &random))
        rest = rest.dropFirst(part.count)
        stream += frame(isFirst ? 1 : 0, Array(part), isFinal: rest.isEmpty)
        isFirst = false
        if Int.random(in: 0..<8, using: &random) == 0 { stream += frame(10) }
      }
    }
    var segments: [[UInt8]] = []
    var rest = stream[...]
    while !rest.isEmpty {
      let part = rest.prefix(Int.random(in: 1...200, using: &random))
      segments.append(Array(part))
      rest = rest.dropFirst(part.count)
    }
    let pieces = segments
    let server = try RawServer { connection in
      connection.upgrade()
      for piece in pieces { connection.write(piece) }
      connection.write(frame(8, [0x03, 0xe8]))
      connection.readToEnd()
    }
    let signals = try await withSocket("ws://127.0.0.1:\(server.port)/ws")
    let expected = (0..<1000).map { PushFrame.event(type: "m\($0)", userID: nil) }
    #expect(signals.frames == expected)
    withExtendedLifetime(server) {}
  }

  private static func text(_ random: inout SeededRandom) -> String {
    let letters = Array("aä€😀\u{0}κ z")
    let count = Int.random(in: 0..<40, using: &random)
    return String(
      (0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
  }
}
