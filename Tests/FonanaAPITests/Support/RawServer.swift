import FonanaTestSupport
import Glibc

/// A TCP listener on loopback that does to each connection exactly what a test says, in blocking
/// calls on a thread of its own. It ends with its last reference; so do its connections.
final class RawServer: Sendable {
  let port: Int
  /// How many connections came, and all bytes that they sent.
  let seen = Monitor(Seen())
  private let listener: Int32

  struct Seen {
    var connections = 0
    var bytes: [UInt8] = []
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  init(_ script: @escaping @Sendable (RawConnection) -> Void) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, size) | listen(descriptor, 16)
          | getsockname(descriptor, address, &size)
      }
    }
    guard descriptor >= 0, status == 0 else { throw POSIXProblem(code: errno) }
    listener = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
    let seen = seen
    onThread {
      while true {
        let peer = accept(descriptor, nil, nil)
        guard peer >= 0 else {
          close(descriptor)
          return
        }
        seen.change { $0.connections += 1 }
        onThread {
          let connection = RawConnection(peer, seen: seen)
          script(connection)
          connection.close()
        }
      }
    }
  }

  struct POSIXProblem: Error { var code: Int32 }

  /// Wakes the thread, which closes the descriptor: only its owner may, or a number that is in use
  /// again would be closed.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}
