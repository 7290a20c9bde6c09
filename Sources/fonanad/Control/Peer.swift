import ControlProtocol
import Glibc

/// The number of a client's connection; never used twice by one daemon.
typealias PeerID = Int

/// A client's connection as the socket loop keeps it. Only the loop's thread touches it.
final class Peer {
  let id: PeerID
  let connection: UnixConnection
  var framer = LineFramer(limit: LineFramer.requestLimit)
  /// Came with the bytes of a request that is not complete yet, or that had no use for them.
  var descriptors: [OwnedDescriptor] = []
  var output = OutputBuffer()
  /// A request was handed over and is not answered yet; the next one waits.
  var isBusy = false
  var hasSentRequest = false
  var isSubscriber = false
  /// Called once little is left to be written.
  var onWritten: (@Sendable () -> Void)?
  var isInputOver = false
  /// Nothing more is read; closed once everything is written, or at `deadline`.
  var isClosing = false
  /// On the boot-time clock: of the first request, or of the last write.
  var deadline: Duration?

  init(id: PeerID, connection: UnixConnection, firstRequestBy deadline: Duration) {
    self.id = id
    self.connection = connection
    self.deadline = deadline
  }

  var number: Int32 { connection.descriptor.number }

  var pollEvents: Int16 {
    var events: Int32 = 0
    if !isBusy, !isInputOver, !isClosing { events |= POLLIN }
    if !output.isEmpty { events |= POLLOUT }
    return Int16(events)
  }

  func close(by deadline: Duration) {
    isClosing = true
    self.deadline = deadline
  }
}
