import FonanaCore
import Glibc

/// A socket address of the file system.
struct UnixAddress {
  private var address = sockaddr_un()

  init(_ path: String) throws(FonanaError) {
    let bytes = Array(path.utf8)
    guard bytes.count <= ProfilePaths.longestSocketPath else {
      throw FonanaError(
        .badConfiguration,
        "The socket's path has \(bytes.count) bytes, the system allows "
          + "\(ProfilePaths.longestSocketPath): \(path)",
        hint: "Set XDG_RUNTIME_DIR (or FONANA_HOME) to a folder with a shorter name.")
    }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  }

  func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
