import ControlProtocol
import Glibc

/// The listening socket that the service manager has made and passes on (`sd_listen_fds(3)`).
enum InheritedSocket {
  private static let firstDescriptor: Int32 = 3

  /// The one that listens at `path`; whatever else was passed is closed. nil when none was passed,
  /// or to another process.
  static func take(at path: String, _ environment: [String: String]) -> OwnedDescriptor? {
    guard environment["LISTEN_PID"] == String(getpid()),
      let count = environment["LISTEN_FDS"].flatMap(Int32.init), (1...64).contains(count)
    else { return nil }
    let passed = (firstDescriptor..<firstDescriptor + count).map(OwnedDescriptor.init(owning:))
    return passed.first {
      isListening($0.number) && boundPath(of: $0.number) == path && isReachable(path)
    }
  }

  private static func isListening(_ descriptor: Int32) -> Bool {
    var answer: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &answer, &length) == 0 && answer != 0
  }

  /// Another may have taken the path, and be gone. Whoever holds the profile's lock is the only one
  /// to listen.
  private static func isReachable(_ path: String) -> Bool {
    (try? UnixConnection.connect(to: path)) != nil
  }

  private static func boundPath(of descriptor: Int32) -> String? {
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    guard result == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
    return withUnsafeBytes(of: address.sun_path) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
