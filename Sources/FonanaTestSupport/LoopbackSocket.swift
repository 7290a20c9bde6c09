import Glibc

/// TCP sockets on loopback, in blocking calls.
package enum LoopbackSocket {
  /// - Parameter port: 0: any free one.
  package static func listening(on port: Int = 0) throws -> (descriptor: Int32, port: Int) {
    let descriptor = make()
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (isListening, address) = withAddress(port) { address, size in
      bind(descriptor, address, size) == 0 && listen(descriptor, 64) == 0
        && getsockname(descriptor, address, &length) == 0
    }
    guard isListening else {
      defer { close(descriptor) }
      throw SystemCallError("listening socket", errno)
    }
    return (descriptor, Int(address.sin_port.bigEndian))
  }

  package static func connected(to port: Int) throws -> Int32 {
    let descriptor = make()
    guard withAddress(port, { connect(descriptor, $0, $1) == 0 }).0 else {
      defer { close(descriptor) }
      throw SystemCallError("connect", errno)
    }
    return descriptor
  }

  /// Writes all; false when the peer takes no more.
  package static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  /// nil at the end of the stream.
  package static func read(from descriptor: Int32, atMost count: Int = 65_536) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: count)
    let got = recv(descriptor, &buffer, count, 0)
    return got > 0 ? Array(buffer.prefix(got)) : nil
  }

  /// Closes so that the peer sees a reset, not an orderly end.
  package static func reset(_ descriptor: Int32) {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    close(descriptor)
  }

  private static func make() -> Int32 {
    socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  }

  /// Gives also what the call made of the address.
  private static func withAddress(
    _ port: Int, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Bool
  ) -> (Bool, sockaddr_in) {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
    }
    return (result, address)
  }
}
