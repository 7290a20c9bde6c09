import FonanaCore
import SyncEngine

/// The WebSocket: the client's end, the way, and the server's one slot for events.
extension Simulation {
  func openSocket(_ id: SocketID, _ credentials: Credentials) {
    checker.opensSocket(credentials, self)
    onAsk?(clock.now)
    process.socket = SimProcess.Socket(id: id)
    after(network.milliseconds(10...300), .socket(.arrive(id, credentials, epoch: process.epoch)))
  }

  func happen(_ event: SocketEvent) {
    switch event {
    case .arrive(let id, let credentials, let epoch): upgrade(id, credentials, epoch)
    case .greet(let serial):
      let user = strikes(.foreignGreeting) ? UserID("cmother") : ModelServer.me
      signal(.frame(.connected(user)), serial)
    case .serverPing(let serial):
      guard server.connections.contains(serial) else { return }
      signal(.alive, serial)
      after(.seconds(30), .socket(.serverPing(serial: serial)))
    case .end(let serial, let code): end(serial, code)
    case .removed(let serial): remove(serial)
    }
  }

  /// Comes through only when nothing stands between.
  private func signal(_ signal: SocketSignal, _ serial: Int, late: Duration = .zero) {
    guard let socket = process.socket, socket.serial == serial, !socket.isSilent else { return }
    deliver(signal, socket.id, in: late + network.milliseconds(1...100))
  }

  private func deliver(_ signal: SocketSignal, _ id: SocketID, in delay: Duration) {
    after(delay, .deliver(.socket(id, signal), epoch: process.epoch))
  }

  private func upgrade(_ id: SocketID, _ credentials: Credentials, _ epoch: Int) {
    guard epoch == process.epoch, process.socket?.id == id else { return }
    if isPartitioned {
      guard network.happens(0.6) else { return }  // silence: the client's own limit ends it
      return deliver(
        .failed(ServerFailure(.noConnection, phase: .nothingWritten, detail: "refused")), id,
        in: network.milliseconds(0...3000))
    }
    if isOut || isCaptive || strikes(.upgradeRefusal) {
      let status = isCaptive ? 200 : 502
      return deliver(.failed(Self.html(status)), id, in: network.milliseconds(1...100))
    }
    deliver(.opened, id, in: .milliseconds(1))
    let refusal = server.refusal(of: credentials, on: .version, at: clock.server)
    guard refusal == nil, !strikes(.socketRefusal) else {
      return deliver(.closed(code: 1008, reason: "Unauthorized"), id, in: .milliseconds(2))
    }
    server.lastSerial += 1
    let serial = server.lastSerial
    server.connections.insert(serial)
    server.slot = serial
    process.socket?.serial = serial
    if strikes(.earlyFrame) {
      let early = PushFrame.event(type: "feed_update", userID: ModelServer.me)
      deliver(.frame(early), id, in: .milliseconds(3))
    }
    after(network.milliseconds(10...100), .socket(.greet(serial: serial)))
    after(.seconds(30), .socket(.serverPing(serial: serial)))
  }

  /// Whether a fault that needs an occasion strikes now.
  func strikes(_ kind: FaultKind) -> Bool {
    guard !isHealed, network.happens(plan[kind] * 3) else { return false }
    tally.count(kind)
    return true
  }

  func say(_ command: SocketCommand, on id: SocketID) {
    guard let socket = process.socket, socket.id == id else { return }
    switch command {
    case .subscribeToNotifications:
      socket.serial.map { signal(.frame(.subscribed(channel: "notifications")), $0) }
    case .ping: socket.serial.map { if !isPartitioned { signal(.alive, $0) } }
    case .close(let isAbrupt):
      if isAbrupt { process.socket?.isDropped = true } else { process.socket?.isLeaving = true }
      if let serial = socket.serial {
        after(network.milliseconds(5...2000), .socket(.removed(serial: serial)))
      }
      let isHeard = !socket.isSilent && !isPartitioned
      if isAbrupt {
        deliver(.closed(code: nil, reason: ""), id, in: .zero)
      } else if isHeard, socket.serial != nil {
        deliver(.closed(code: 1000, reason: ""), id, in: network.milliseconds(5...200))
      }
    }
  }

  /// Ended by the server or by the network.
  private func end(_ serial: Int, _ code: Int?) {
    if let socket = process.socket, socket.serial == serial, !socket.isSilent {
      deliver(.closed(code: code, reason: ""), socket.id, in: .milliseconds(1))
    }
    remove(serial)
  }

  /// Whichever connection of a user closes, the slot is emptied (docs/protocol.md, 8).
  private func remove(_ serial: Int) {
    guard server.connections.remove(serial) != nil else { return }
    server.slot = nil
  }

  func push(_ notification: PlatformNotification) {
    guard plan.isPushing, let slot = server.slot, !strikes(.pushLost), !isPartitioned else {
      return
    }
    let frame = SocketSignal.frame(.notification(userID: ModelServer.me, notification))
    signal(frame, slot, late: strikes(.pushLate) ? network.seconds(1...90) : .zero)
    if strikes(.pushTwice) { signal(frame, slot) }
  }
}
