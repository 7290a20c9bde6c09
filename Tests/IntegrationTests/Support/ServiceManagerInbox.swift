import FonanaTestSupport
import Glibc

/// The service manager's end of `NOTIFY_SOCKET`.
final class ServiceManagerInbox {
  let path: String
  private let descriptor: Int32
  private(set) var told: [String] = []

  init(_ path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw SystemCallError("bind", errno) }
  }

  deinit { close(descriptor) }

  /// Whether a line has come, or comes before 60 s are silent.
  func hears(_ line: String) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !told.contains(line) {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return false }
      told += String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n")
        .map(String.init)
    }
    return true
  }
}
