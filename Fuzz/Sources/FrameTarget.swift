import FonanaCore
import NIOCore
import NIOWebSocket

@testable import FonanaAPI

/// WebSocket frames, put together to messages and read as what the server pushes.
enum FrameTarget {
  /// A frame is a byte of flags, one of length and the payload; a mask is a flag of the second.
  static func run(_ bytes: [UInt8]) {
    var assembly = SocketMessageAssembly()
    var rest = bytes[...]
    while let flags = rest.popFirst(), let size = rest.popFirst() {
      let payload = rest.prefix(Int(size & 0x7f) * (flags & 0x40 == 0 ? 1 : 16))
      rest = rest.dropFirst(payload.count)
      let frame = WebSocketFrame(
        fin: flags & 0x80 != 0, rsv1: flags & 0x20 != 0 && size == 1,
        opcode: WebSocketOpcode(encodedWebSocketOpcode: flags & 0x0f) ?? .text,
        maskKey: size == 0xff ? [1, 2, 3, 4] : nil, data: ByteBuffer(bytes: payload))
      guard let message = try? assembly.take(frame) else { continue }
      if case .text(let buffer) = message { _ = PushFrame(wire: buffer.readableBytesView) }
    }
    _ = PushFrame(wire: bytes)
  }
}
