package import FonanaCore
package import Glibc

/// One end of a Unix socket. Calls block up to their deadline; reading and writing may happen on
/// two threads at once.
package final class UnixConnection: Sendable {
  package struct Received: Sendable {
    /// Empty: the other side has closed.
    package var bytes: [UInt8]
    package var descriptors: [OwnedDescriptor]
  }

  package enum Failure: Error, Sendable, Hashable {
    /// The other side is gone.
    case closed
    case timedOut
    case failed(Int32)
  }

  package let descriptor: OwnedDescriptor

  package init(owning descriptor: OwnedDescriptor) { self.descriptor = descriptor }

  package static func connect(to path: String) throws(FonanaError) -> UnixConnection {
    let address = try UnixAddress(path)
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw unreachable(path, errno) }
    let connection = UnixConnection(owning: OwnedDescriptor(owning: number))
    let result = address.withPointer { Glibc.connect(number, $0, $1) }
    guard result == 0 else { throw unreachable(path, errno) }
    return connection
  }

  /// The user who runs the process at the other end; nil when the system does not tell.
  package var peerUserID: uid_t? { peer?.uid }

  package var peerProcessID: pid_t? { peer?.pid }

  private var peer: PeerCredentials? {
    var peer = PeerCredentials()
    var size = socklen_t(MemoryLayout<PeerCredentials>.size)
    guard getsockopt(descriptor.number, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 else {
      return nil
    }
    return peer
  }

  /// Ends both directions; a blocked call of another thread returns.
  package func shutDown() { _ = shutdown(descriptor.number, Int32(SHUT_RDWR)) }

  /// Sends all of it; `passing` goes with the first byte.
  package func send(
    _ bytes: [UInt8], passing passed: Int32? = nil, within limit: Duration? = nil
  ) throws(Failure) {
    let deadline = Deadline(limit)
    var rest = bytes[...]
    var passed = passed
    while !rest.isEmpty {
      let count = SocketMessage.send(rest, passing: passed, over: descriptor.number)
      if count > 0 {
        rest = rest.dropFirst(count)
        passed = nil
      } else {
        try recover(errno, waitingFor: POLLOUT, deadline)
      }
    }
  }

  /// What has come, at least a byte; nothing when the other side has closed.
  package func receive(within limit: Duration? = nil) throws(Failure) -> Received {
    let deadline = Deadline(limit)
    while true {
      if let received = SocketMessage.receive(from: descriptor.number) { return received }
      try recover(errno, waitingFor: POLLIN, deadline)
    }
  }

  private func recover(
    _ number: Int32, waitingFor event: Int32, _ deadline: Deadline
  ) throws(Failure) {
    switch number {
    case EINTR: return
    case EAGAIN: break
    case EPIPE, ECONNRESET: throw .closed
    default: throw .failed(number)
    }
    var question = pollfd(fd: descriptor.number, events: Int16(event), revents: 0)
    let result = poll(&question, 1, deadline.millisecondsLeft)
    if result == 0 { throw .timedOut }
    if result < 0, errno != EINTR { throw .failed(errno) }
  }

  private static func unreachable(_ path: String, _ number: Int32) -> FonanaError {
    FonanaError(
      .daemonUnavailable, "No daemon answers at \(path): \(SystemError.text(number)).",
      hint: "Type “fonana daemon start”, or “fonana doctor” to find out why.")
  }
}

/// `struct ucred`, which Swift's Glibc module leaves out.
private struct PeerCredentials {
  var pid: pid_t = 0
  var uid: uid_t = 0
  var gid: gid_t = 0
}
