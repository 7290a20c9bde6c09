import Dispatch
import FonanaTestSupport
import Glibc

/// A port of `::1`: dead, or one that leads to a port of 127.0.0.1.
final class IPv6Place: Sendable {
  let port: Int
  private let descriptor: Int32
  /// Take the places of a listener that accepts nobody, so that the kernel drops what comes.
  private let fillers: [Int32]

  /// Nobody is ever answered at that port.
  init(deadOn port: Int) throws {
    (descriptor, self.port) = try Self.listen(on: port, backlog: 0)
    fillers = (0..<4).map { _ in
      let filler = socket(AF_INET6, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      Self.withAddress(port) { _ = connect(filler, $0, $1) }
      return filler
    }
  }

  init(leadingTo target: Int) throws {
    let (descriptor, port) = try Self.listen(on: 0, backlog: 64)
    (self.descriptor, self.port, fillers) = (descriptor, port, [])
    onThread {
      while case let peer = accept(descriptor, nil, nil), peer >= 0 {
        onThread { Self.forward(peer, to: target) }
      }
      close(descriptor)
    }
  }

  deinit {
    for filler in fillers { close(filler) }
    shutdown(descriptor, Int32(SHUT_RDWR))
    if !fillers.isEmpty { close(descriptor) }
  }

  private static func forward(_ peer: Int32, to target: Int) {
    guard let server = try? LoopbackSocket.connected(to: target) else {
      close(peer)
      return
    }
    let isOver = DispatchSemaphore(value: 0)
    onThread {
      while let bytes = LoopbackSocket.read(from: server) {
        guard LoopbackSocket.write(bytes, to: peer) else { break }
      }
      shutdown(peer, Int32(SHUT_RDWR))
      isOver.signal()
    }
    while let bytes = LoopbackSocket.read(from: peer) {
      guard LoopbackSocket.write(bytes, to: server) else { break }
    }
    shutdown(server, Int32(SHUT_RDWR))
    // Both at the end: a number that was closed may be another connection's by now.
    isOver.wait()
    close(server)
    close(peer)
  }

  private static func listen(on port: Int, backlog: Int32) throws -> (Int32, Int) {
    let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    var isListening = false
    let address = withAddress(port) { address, length in
      isListening =
        bind(descriptor, address, length) == 0 && Glibc.listen(descriptor, backlog) == 0
        && getsockname(descriptor, address, &size) == 0
    }
    guard isListening else {
      defer { close(descriptor) }
      throw SystemCallError("IPv6 socket", errno)
    }
    return (descriptor, Int(address.sin6_port.bigEndian))
  }

  @discardableResult
  private static func withAddress(
    _ port: Int, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Void
  ) -> sockaddr_in6 {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = in_port_t(port).bigEndian
    address.sin6_addr = in6addr_loopback
    let size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
    }
    return address
  }
}
