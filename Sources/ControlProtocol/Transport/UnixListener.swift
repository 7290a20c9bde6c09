package import FonanaCore
import Glibc

/// The daemon's end of the socket. Only the holder of the profile's lock may make one.
package final class UnixListener: Sendable {
  package let path: String
  package let descriptor: OwnedDescriptor
  /// Somebody else listens at it too, and goes on when we end.
  package let isShared: Bool

  /// Replaces a socket of ours that an earlier daemon has left; anything else there stays and is
  /// an error. The socket is made with mode 0600.
  package init(path: String) throws(FonanaError) {
    let address = try UnixAddress(path)
    try Self.removeLeftover(path)
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw Self.failure(path, SystemError.text(errno)) }
    descriptor = OwnedDescriptor(owning: number)
    self.path = path
    isShared = false
    let mask = umask(0o177)
    let bound = address.withPointer { bind(number, $0, $1) }
    let reason = errno
    umask(mask)
    guard bound == 0 else { throw Self.failure(path, SystemError.text(reason)) }
    guard listen(number, 128) == 0 else { throw Self.failure(path, SystemError.text(errno)) }
  }

  /// Of the service manager, which has made the socket and keeps it.
  package init(sharing descriptor: OwnedDescriptor, path: String) {
    self.path = path
    self.descriptor = descriptor
    isShared = true
  }

  /// The next client; nil when the time is over or the listener was shut down. Peers of other
  /// users are closed without a word.
  package func accept(within limit: Duration? = nil) -> UnixConnection? {
    let deadline = Deadline(limit)
    while true {
      var question = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
      let ready = poll(&question, 1, deadline.millisecondsLeft)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return nil }
      let number = Glibc.accept(descriptor.number, nil, nil)
      if number < 0 {
        if errno == EINTR || errno == ECONNABORTED { continue }
        return nil
      }
      _ = fcntl(number, F_SETFD, FD_CLOEXEC)
      let connection = UnixConnection(owning: OwnedDescriptor(owning: number))
      if connection.peerUserID == geteuid() { return connection }
    }
  }

  /// Makes `accept` return nil and removes the socket's file.
  package func shutDown() {
    _ = shutdown(descriptor.number, Int32(SHUT_RDWR))
    _ = unlink(path)
  }

  private static func removeLeftover(_ path: String) throws(FonanaError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK, status.st_uid == geteuid() else {
      throw failure(path, "something else is in its place")
    }
    _ = unlink(path)
  }

  private static func failure(_ path: String, _ reason: String) -> FonanaError {
    FonanaError(
      .badConfiguration, "The socket \(path) can't be made: \(reason).",
      hint: "Look at what is there, or set XDG_RUNTIME_DIR to a folder of yours with mode 0700.")
  }
}
