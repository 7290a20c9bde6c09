import FonanaServer
import Synchronization

/// A WebSocket client that does nothing by itself: it answers no pings and echoes no close.
final class RawWebSocket: Sendable {
  enum Frame: Equatable, Sendable {
    case text(String)
    case ping
    case pong
    case close(code: UInt16, reason: String)
    /// The connection ended.
    case end
  }

  private let connection: RawConnection
  private let received: Mutex<[UInt8]>
  /// The HTTP status of the upgrade; nil when the connection ended before.
  let status: Int?

  private init(_ connection: RawConnection, status: Int?, rest: [UInt8]) {
    self.connection = connection
    self.status = status
    received = Mutex(rest)
  }

  /// - Parameter early: frames that are sent right behind the request, before any answer.
  static func open(
    port: Int, _ target: String, headers: [String: String] = [:], early: [String] = []
  ) async throws -> RawWebSocket {
    var headers = headers
    headers["Upgrade"] = "websocket"
    headers["Connection"] = "Upgrade"
    headers["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    headers["Sec-WebSocket-Version"] = "13"
    let bytes = RawHTTP.bytes("GET", target, headers: headers, body: nil)
    return try await offPool {
      let connection = try RawConnection(port: port)
      connection.send(bytes + early.flatMap { frame(opcode: 1, Array($0.utf8)) })
      var received: [UInt8] = []
      while true {
        let more = try connection.receive()
        received += more
        if let answer = RawAnswer(received) {
          return RawWebSocket(connection, status: answer.status, rest: answer.body)
        }
        if more.isEmpty { return RawWebSocket(connection, status: nil, rest: []) }
      }
    }
  }

  func send(_ text: String) {
    connection.send(Self.frame(opcode: 1, Array(text.utf8)))
  }

  func send(_ json: WireJSON) {
    send(json.text)
  }

  func sendPong() {
    connection.send(Self.frame(opcode: 10, []))
  }

  func sendClose() {
    connection.send(Self.frame(opcode: 8, [0x03, 0xe8]))
  }

  func disconnect() {
    connection.shutDown()
  }

  func next() async throws -> Frame {
    try await offPool {
      while true {
        if let frame = self.takeFrame() { return frame }
        let more = try self.connection.receive()
        if more.isEmpty { return .end }
        self.received.withLock { $0 += more }
      }
    }
  }

  /// The next text as JSON; nil for any other frame.
  func nextJSON() async throws -> WireJSON? {
    guard case .text(let text) = try await next() else { return nil }
    return WireJSON(parsing: text.utf8)
  }

  /// Frames of servers are unmasked and, here, never split.
  private func takeFrame() -> Frame? {
    received.withLock { bytes in
      guard bytes.count >= 2 else { return nil }
      var length = Int(bytes[1] & 127)
      var head = 2
      if length == 126 {
        guard bytes.count >= 4 else { return nil }
        length = Int(bytes[2]) << 8 | Int(bytes[3])
        head = 4
      }
      guard bytes.count >= head + length else { return nil }
      let frame = Self.frame(bytes[0] & 15, Array(bytes[head..<head + length]))
      bytes.removeFirst(head + length)
      return frame
    }
  }

  private static func frame(_ opcode: UInt8, _ payload: [UInt8]) -> Frame {
    switch opcode {
    case 8 where payload.count >= 2:
      .close(
        code: UInt16(payload[0]) << 8 | UInt16(payload[1]),
        reason: String(decoding: payload.dropFirst(2), as: UTF8.self))
    case 8: .close(code: 1005, reason: "")
    case 9: .ping
    case 10: .pong
    default: .text(String(decoding: payload, as: UTF8.self))
    }
  }

  /// A masked frame; the mask is zero, which leaves the payload as it is.
  private static func frame(opcode: UInt8, _ payload: [UInt8]) -> [UInt8] {
    let count = payload.count
    let length =
      count < 126 ? [0x80 | UInt8(count)] : [0xFE, UInt8(count >> 8), UInt8(count & 255)]
    return [0x80 | opcode] + length + [0, 0, 0, 0] + payload
  }
}
