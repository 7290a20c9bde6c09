import FonanaTestSupport
import Glibc

/// Takes a port of loopback and swallows what comes: connections are made, nothing is ever answered.
final class BlackHole: Sendable {
  private let descriptor: Int32
  let port: Int

  /// - Parameter port: 0: any free one.
  init(port: Int = 0) throws {
    (descriptor, self.port) = try LoopbackSocket.listening(on: port)
  }

  /// Whether nobody has connected, not even to leave at once.
  var hasBeenLeftAlone: Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) == 0
  }

  deinit { close(descriptor) }
}
