import ControlProtocol
import Glibc

/// The kernel's word that an address, a link or a route has changed (rtnetlink(7)).
final class NetworkSocket: Sendable {
  /// Links; addresses and routes of IPv4 and IPv6.
  private static let groups: UInt32 = 0x1 | 0x10 | 0x40 | 0x100 | 0x400
  /// Changes come in bursts: one is over when so many milliseconds were quiet.
  private static let quiet: Int32 = 500

  private let news: OwnedDescriptor
  /// A pipe: what is written to one end wakes whoever waits at the other.
  private let bell: OwnedDescriptor
  private let stopper: OwnedDescriptor

  /// nil: the system does not tell, as in some containers.
  init?() {
    let type = Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let number = socket(AF_NETLINK, type, 0)
    var ends: [Int32] = [-1, -1]
    let hasPipe = pipe(&ends) == 0
    for end in ends where hasPipe { DescriptorFlags.set(end) }
    news = OwnedDescriptor(owning: number)
    (stopper, bell) = (OwnedDescriptor(owning: ends[0]), OwnedDescriptor(owning: ends[1]))
    // struct sockaddr_nl: family, padding, port (0: the kernel chooses), groups.
    var address: (UInt16, UInt16, UInt32, UInt32) = (UInt16(AF_NETLINK), 0, 0, Self.groups)
    let size = socklen_t(MemoryLayout.size(ofValue: address))
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, size) == 0 }
    }
    guard number >= 0, hasPipe, isBound else { return nil }
  }

  /// Ends a `wait`, and all later ones.
  func stop() { _ = Glibc.write(bell.number, [1], 1) }

  /// Blocks until a burst of changes is over; false after `stop()`.
  func wait() -> Bool {
    guard hasNews(within: -1) else { return false }
    repeat { drain() } while hasNews(within: Self.quiet)
    return !isStopped(within: 0)
  }

  private func hasNews(within limit: Int32) -> Bool {
    var waiting = [stopper, news].map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
    while poll(&waiting, 2, limit) < 0 {
      guard errno == EINTR else { return false }
    }
    return waiting[0].revents == 0 && waiting[1].revents != 0
  }

  private func isStopped(within limit: Int32) -> Bool {
    var waiting = pollfd(fd: stopper.number, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, limit) != 0
  }

  /// What has changed does not matter; an overflow (ENOBUFS) is a change too.
  private func drain() {
    var buffer = [UInt8](repeating: 0, count: 8192)
    while recv(news.number, &buffer, buffer.count, 0) > 0 {}
  }
}
