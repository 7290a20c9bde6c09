import FonanaTestSupport
import Glibc

/// Takes a port of loopback and swallows what comes: connections are made, nothing is ever answered.
final class BlackHole: Sendable {
  private let descriptor: Int32
  let port: Int

  /// - Parameter port: 0: any free one.
  init(port: Int = 0) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    do {
      self.port = try listen(descriptor, port)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }
}

/// Gives the port, which is another one when 0 was asked for.
private func listen(_ descriptor: Int32, _ port: Int) throws -> Int {
  var yes: Int32 = 1
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(port).bigEndian
  address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isListening = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
      bind(descriptor, generic, length) == 0 && Glibc.listen(descriptor, 64) == 0
        && getsockname(descriptor, generic, &length) == 0
    }
  }
  guard isListening else { throw SystemCallError("listening socket", errno) }
  return Int(address.sin_port.bigEndian)
}
