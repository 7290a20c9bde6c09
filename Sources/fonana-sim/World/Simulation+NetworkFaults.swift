import FonanaCore
import SyncEngine

/// Faults of the network as a whole, and of the socket.
extension Simulation {
  func disturbNetwork(_ kind: FaultKind) -> Bool {
    switch kind {
    case .partition:
      guard !isPartitioned else { return false }
      beginPartition()
      lasts(.partition, 5...300)
    case .flapping:
      guard flapsLeft == 0, !isPartitioned else { return false }
      flapsLeft = fate.within(30...600)
      flap()
    case .portal:  // every request is answered by a page, until somebody has clicked
      guard !isCaptive else { return false }
      isCaptive = true
      endSocket(code: nil)
      lasts(.portal, 10...600)
    default:
      guard !isOut else { return false }
      isOut = true
      endSocket(code: 1012)
      lasts(.outage, 5...180)
    }
    return true
  }

  private func beginPartition() {
    isPartitioned = true
    if fate.happens(0.5) { silence() } else { endSocket(code: nil) }
  }

  /// There and away every two seconds.
  func flap() {
    guard flapsLeft > 0 else { return }
    flapsLeft -= 1
    isPartitioned = flapsLeft > 0 && !isPartitioned
    if isPartitioned { endSocket(code: nil) }
    if flapsLeft > 0 { after(.seconds(2), .faultOver(.flapping)) }
  }

  private func endSocket(code: Int?) {
    guard let serial = process.socket?.serial else { return }
    after(.zero, .socket(.end(serial: serial, code: code)))
  }

  func disturbSocket(_ kind: FaultKind) -> Bool {
    guard let socket = process.socket, let serial = socket.serial, !socket.isSilent else {
      return false
    }
    switch kind {
    case .socketSilence: silence()
    case .socketDeaf:  // another connection of the account has closed
      guard server.slot == serial else { return false }
      server.slot = nil
    case .socketClose: endSocket(code: fate.pick([1000, 1001, 1011, 1012, 1013, 4000, 4401]))
    case .brokenFrame:
      say([.unreadable, .error("What?"), .event(type: "flash_sale_started", userID: nil)])
    case .foreignPush:
      let other = UserID("cmother")
      say([.event(type: "post_liked", userID: other), .notification(userID: other, nil)])
    default: endSocket(code: nil)
    }
    return true
  }

  private func say(_ frames: [PushFrame]) {
    guard let id = process.socket?.id, let frame = fate.pick(frames) else { return }
    after(.milliseconds(1), .deliver(.socket(id, .frame(frame)), epoch: process.epoch))
  }

  /// Half-open: the server drops us after a missed pong.
  private func silence() {
    guard let serial = process.socket?.serial else { return }
    process.socket?.isSilent = true
    after(fate.seconds(30...60), .socket(.removed(serial: serial)))
  }
}
