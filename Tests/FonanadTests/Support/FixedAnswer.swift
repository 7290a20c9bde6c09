import FonanaTestSupport
import Glibc

/// A port that gives everybody who has asked the same bytes and hangs up.
final class FixedAnswer: Sendable {
  let port: Int
  private let descriptor: Int32

  init(_ answer: String) throws {
    let (descriptor, port) = try LoopbackSocket.listening()
    (self.descriptor, self.port) = (descriptor, port)
    onThread {
      while case let peer = accept(descriptor, nil, nil), peer >= 0 {
        if LoopbackSocket.read(from: peer) != nil {
          _ = LoopbackSocket.write(Array(answer.utf8), to: peer)
        }
        close(peer)
      }
      close(descriptor)
    }
  }

  /// The API's refusal, with a clock of its own.
  static func refusal(at date: String) -> String {
    """
    HTTP/1.1 401 Unauthorized\r
    Content-Type: application/json\r
    Date: \(date)\r
    Content-Length: 29\r
    Connection: close\r
    \r
    {"error":"No token provided"}
    """
  }

  /// A proxy's.
  static let passwordWanted =
    "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"

  func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
