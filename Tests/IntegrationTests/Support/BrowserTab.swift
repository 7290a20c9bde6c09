import FonanaServer
import FonanaTestSupport
import Glibc
import Synchronization

/// The platform's web page in a browser: a WebSocket of the same user, subscribed to its events.
final class BrowserTab: Sendable {
  private let descriptor: Int32
  private let seen = Monitor<[UInt8]>([])

  init(of user: WorldUser, at server: ReferenceServer) throws {
    descriptor = try LoopbackSocket.connected(to: server.webSocketPort)
    let token = server.world.issueToken(for: user.id) ?? ""
    let head = [
      "GET /ws?token=\(token) HTTP/1.1", "Host: 127.0.0.1", "Upgrade: websocket",
      "Connection: Upgrade", "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    _ = LoopbackSocket.write((head.joined(separator: "\r\n") + "\r\n\r\n").utf8, to: descriptor)
    let (descriptor, seen) = (descriptor, seen)
    onThread {
      while let bytes = LoopbackSocket.read(from: descriptor) {
        seen.change { $0 += bytes }
        // A ping, alone in its segment.
        if bytes.first == 0x89 {
          _ = LoopbackSocket.write([0x8a, 0x80, 0, 0, 0, 0], to: descriptor)
        }
      }
      Glibc.close(descriptor)
    }
  }

  /// Frames that come before `connected` are lost.
  func subscribe(_ user: WorldUser) async throws {
    try await wait(for: "connected")
    let text = #"{"type":"subscribe","channel":{"type":"notifications","userId":"\#(user.id)"}}"#
    _ = LoopbackSocket.write(
      [0x81, 0x80 | UInt8(text.utf8.count), 0, 0, 0, 0] + text.utf8, to: descriptor)
    try await wait(for: "subscribed")
  }

  func wait(for text: String) async throws {
    try await seen.wait { String(decoding: $0, as: UTF8.self).contains(text) ? () : nil }
  }

  /// The thread that reads closes the descriptor.
  func close() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  deinit { close() }
}
