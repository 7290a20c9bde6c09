import ControlProtocol

/// What the handlers want of the socket loop.
enum LoopCommand: Sendable {
  case send(PeerID, [UInt8])
  /// The request of that peer is answered; the next may come, with the descriptors that this one
  /// had no use for: `hello` may share a write with the request that they belong to.
  case finish(PeerID, unused: [OwnedDescriptor])
  case subscribe(PeerID)
  /// The body is called once little of what was sent to the peer is left to be written.
  case whenWritten(PeerID, @Sendable () -> Void)
  /// After a last line.
  case close(PeerID, [UInt8]?)
  case stop
}

/// What the socket loop tells.
enum LoopReport: Sendable {
  case request(PeerID, [UInt8], [OwnedDescriptor])
  case gone(PeerID)
  /// A subscriber that did not read; its end follows.
  case dropped(PeerID)
}
