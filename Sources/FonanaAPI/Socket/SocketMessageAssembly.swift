import NIOCore
import NIOWebSocket

/// Puts fragments together to messages and refuses frames that break the rules of RFC 6455, 5.
/// Pure: a frame in, at most one message out.
struct SocketMessageAssembly {
  static let fragmentLimit = 1024

  enum Message: Equatable {
    /// Checked: it is UTF-8.
    case text(ByteBuffer)
    case binary
    case ping(ByteBuffer)
    case pong
    /// Without a code the peer gave none.
    case close(code: UInt16?, reason: String)
  }

  private var opcode: WebSocketOpcode?
  private var payload = ByteBuffer()
  private var fragments = 0

  mutating func take(_ frame: WebSocketFrame) throws(SocketViolation) -> Message? {
    guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else { throw .brokenFrame("reserved bits") }
    guard frame.maskKey == nil else { throw .brokenFrame("a masked frame") }
    switch frame.opcode {
    case .ping: return .ping(frame.data)
    case .pong: return .pong
    case .connectionClose: return try Self.close(frame.data)
    case .text, .binary:
      guard opcode == nil else { throw .brokenFrame("a message inside another") }
      opcode = frame.opcode
    case .continuation:
      guard opcode != nil else { throw .brokenFrame("a fragment of nothing") }
    default: throw .brokenFrame("an unknown opcode")
    }
    return try append(frame)
  }

  private mutating func append(_ frame: WebSocketFrame) throws(SocketViolation) -> Message? {
    fragments += 1
    var data = frame.data
    guard fragments <= Self.fragmentLimit,
      payload.readableBytes + data.readableBytes <= SocketOpening.messageLimit
    else { throw .tooLarge }
    if frame.fin, fragments == 1 { payload = data } else { payload.writeBuffer(&data) }
    guard frame.fin else { return nil }
    defer { self = SocketMessageAssembly() }
    guard opcode == .text else { return .binary }
    guard Self.isUTF8(payload) else { throw .badUTF8 }
    return .text(payload)
  }

  private static func close(_ data: ByteBuffer) throws(SocketViolation) -> Message {
    guard data.readableBytes > 0 else { return .close(code: nil, reason: "") }
    var data = data
    guard let code = data.readInteger(as: UInt16.self), isUsable(code) else {
      throw .brokenFrame("a close code that does not exist")
    }
    guard isUTF8(data) else { throw .badUTF8 }
    return .close(code: code, reason: String(buffer: data))
  }

  /// RFC 6455, 7.4, and the registry's later codes.
  private static func isUsable(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }

  private static func isUTF8(_ buffer: ByteBuffer) -> Bool {
    String(validating: buffer.readableBytesView, as: UTF8.self) != nil
  }
}
