import ControlProtocol
import FonanaCore
import Glibc
import Logging

extension SocketLoop {
  func acceptClients() {
    while let listener {
      let number = accept(listener.number, nil, nil)
      guard number >= 0 else { return acceptFailed(errno) }
      DescriptorFlags.set(number)
      let connection = UnixConnection(owning: OwnedDescriptor(owning: number))
      guard connection.peerUserID == geteuid() else {
        logger.warning("A connection of another user was refused.")
        continue
      }
      admit(connection)
    }
  }

  private func admit(_ connection: UnixConnection) {
    lastPeerID += 1
    let peer = Peer(
      id: lastPeerID, connection: connection,
      firstRequestBy: SystemClock.boot + limits.firstRequest)
    let isFull = peers.count >= limits.clients
    peers[peer.id] = peer
    guard isFull else { return }
    let refusal = FonanaError(
      .daemonUnavailable, "The daemon serves \(limits.clients) connections already.",
      hint: "Close some, then try again.")
    end(peer, saying: RPC.answer(RPCFailure(refusal, id: nil)))
  }

  private func acceptFailed(_ number: Int32) {
    switch number {
    case EAGAIN, EINTR, ECONNABORTED: return
    default:
      logger.warning(
        "No connection can be taken for a second.",
        metadata: ["reason": "\(SystemError.text(number))"])
      acceptsAgainAt = SystemClock.boot + .seconds(1)
    }
  }

  /// After `poll` has told something about a peer.
  func serve(_ peer: Peer, _ answer: Int16) {
    let answer = Int32(answer)
    if answer & POLLOUT != 0 { write(peer) }
    guard peers[peer.id] != nil else { return }
    if answer & POLLIN != 0 {
      receive(from: peer)
    } else if answer & (POLLHUP | POLLERR | POLLNVAL) != 0 {
      drop(peer)
    }
  }

  private func receive(from peer: Peer) {
    guard let received = SocketMessage.receive(from: peer.number) else {
      if errno != EAGAIN, errno != EINTR { drop(peer) }
      return
    }
    if received.bytes.isEmpty {
      peer.isInputOver = true
      if peer.framer.isEmpty || !peer.isBusy { closeWhenWritten(peer) }
      return
    }
    peer.framer.append(received.bytes)
    peer.descriptors = (peer.descriptors + received.descriptors).suffix(limits.descriptors)
    handOverRequest(of: peer)
  }

  /// One request of a peer at a time, in order.
  private func handOverRequest(of peer: Peer) {
    guard !peer.isBusy, !peer.isClosing else { return }
    do {
      guard let line = try peer.framer.next() else {
        if peer.isInputOver { closeWhenWritten(peer) }
        return
      }
      peer.isBusy = true
      peer.hasSentRequest = true
      peer.deadline = nil
      let descriptors = peer.descriptors
      peer.descriptors = []
      onReport(.request(peer.id, line, descriptors))
    } catch {
      end(peer, saying: RPC.answer(RPCFailure(.invalidRequest, error.message)))
    }
  }

  func finishRequest(of peer: Peer, _ unused: [OwnedDescriptor]) {
    peer.isBusy = false
    peer.descriptors = (unused + peer.descriptors).suffix(limits.descriptors)
    if isStopping || peer.isClosing { return closeWhenWritten(peer) }
    handOverRequest(of: peer)
  }

  func send(_ line: [UInt8], to peer: Peer) {
    guard peers[peer.id] != nil, !peer.isClosing || peer.isBusy else { return }
    peer.output.append(line)
    write(peer)
    // A single line may be larger.
    let unread = peer.output.byteCount - line.count
    guard peer.isSubscriber, unread > limits.subscriberBytes else { return }
    peer.output.dropUnbegun()
    onReport(.dropped(peer.id))
    let reason = FonanaError(
      .cursorExpired, "The subscriber did not read its events in time and was dropped.",
      hint: "Subscribe again from the last cursor.")
    end(peer, saying: try? RPC.ended(reason))
  }

  /// Closes a peer after a last line, which it gets some time to take.
  func end(_ peer: Peer, saying line: [UInt8]?) {
    if let line { peer.output.append(line) }
    peer.close(by: SystemClock.boot + limits.lastWrite)
    peer.isBusy = false
    write(peer)
  }

  private func write(_ peer: Peer) {
    switch peer.output.write(to: peer.number) {
    case .drained: if peer.isClosing, !peer.isBusy { drop(peer) }
    case .blocked: break
    case .broken: drop(peer)
    }
    if let body = peer.onWritten { tell(peer, body) }
  }

  func tell(_ peer: Peer, _ body: @escaping @Sendable () -> Void) {
    let isSoon = peer.output.byteCount <= limits.fewBytes
    peer.onWritten = isSoon ? nil : body
    if isSoon { body() }
  }

  func closeWhenWritten(_ peer: Peer) {
    if peer.output.isEmpty { return drop(peer) }
    if !peer.isClosing { peer.close(by: SystemClock.boot + limits.lastWrite) }
  }

  func drop(_ peer: Peer) {
    guard peers.removeValue(forKey: peer.id) != nil else { return }
    peer.connection.shutDown()
    onReport(.gone(peer.id))
  }
}
