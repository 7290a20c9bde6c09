import ControlProtocol
import FonanaCore
import Synchronization

/// The client of one request, as a handler sees it.
final class Caller: Sendable {
  let peer: PeerID
  /// Came with the request.
  let descriptors: [OwnedDescriptor]
  private let mailbox: LoopMailbox
  private let departures: Departures
  private let afterwards = Mutex<(@Sendable () async -> Void)?>(nil)

  init(
    peer: PeerID, descriptors: [OwnedDescriptor], mailbox: LoopMailbox, departures: Departures
  ) {
    self.peer = peer
    self.descriptors = descriptors
    self.mailbox = mailbox
    self.departures = departures
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

  func end(_ line: [UInt8]?) { mailbox.post(.close(peer, line)) }
}
