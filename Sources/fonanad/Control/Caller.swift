import ControlProtocol
import FonanaCore
import Synchronization

/// The client of one request, as a handler sees it.
final class Caller: Sendable {
  let peer: PeerID
  private let descriptors: Mutex<[OwnedDescriptor]>
  private let mailbox: LoopMailbox
  private let departures: Departures
  private let afterwards = Mutex<(@Sendable () async -> Void)?>(nil)

  init(
    peer: PeerID, descriptors: [OwnedDescriptor], mailbox: LoopMailbox, departures: Departures
  ) {
    self.peer = peer
    self.descriptors = Mutex(descriptors)
    self.mailbox = mailbox
    self.departures = departures
  }

  /// The next descriptor that came with the request; nil: none is left.
  func takeDescriptor() -> OwnedDescriptor? {
    descriptors.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }

  /// Those that nobody has taken.
  func takeDescriptors() -> [OwnedDescriptor] {
    descriptors.withLock { descriptors in
      defer { descriptors = [] }
      return descriptors
    }
  }

  /// What is to be done once the answer is on its way.
  func afterAnswer(_ body: @escaping @Sendable () async -> Void) {
    afterwards.withLock { $0 = body }
  }

  func takeAfterwards() -> (@Sendable () async -> Void)? {
    afterwards.withLock { body in
      defer { body = nil }
      return body
    }
  }

  /// Called once when the client is gone; at once when it is gone already.
  func whenGone(_ body: @escaping @Sendable () -> Void) { departures.note(peer, body) }

  /// Events may pile up up to a limit, requests need not follow.
  func becomeSubscriber() { mailbox.post(.subscribe(peer)) }

  func push(_ line: [UInt8]) { mailbox.post(.send(peer, line)) }

  /// Calls `body` once the client has read nearly all that was pushed; never when it is gone.
  func whenWritten(_ body: @escaping @Sendable () -> Void) {
    mailbox.post(.whenWritten(peer, body))
  }

  func end(_ line: [UInt8]?) { mailbox.post(.close(peer, line)) }
}
