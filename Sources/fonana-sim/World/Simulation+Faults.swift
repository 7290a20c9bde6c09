import FonanaCore
import SyncEngine

/// Faults that come by themselves, and their end.
extension Simulation {
  /// Each one's moments over the time of chaos: about 100 × rate an hour.
  func scheduleFaults() {
    let hours = Double(plan.chaos.components.seconds) / 3600
    for kind in FaultKind.spontaneous where plan[kind] > 0 {
      let expected = plan[kind] * 100 * hours
      let count = max(1, Int(expected * (0.5 + Double(fate.below(1000)) / 1000)))
      for _ in 0..<count { after(fate.milliseconds(0...milliseconds(plan.chaos)), .fault(kind)) }
    }
  }

  func milliseconds(_ duration: Duration) -> Int { Int(duration.wholeMilliseconds) }

  func strike(_ kind: FaultKind) {
    guard !isHealed else { return }
    tally.count(kind)
    note("fault \(kind)")
    switch kind {
    case .tokenRevoked: server.secret += 1
    case .routeRefusal:
      let routes: [Route] = [.conversations, .messages, .send, .notifications, .verify, .version]
      server.refusingRoutes.formUnion(fate.pick(routes).map { [$0] } ?? [])
      lasts(kind, 10...600)
    case .tokenRefusal:  // the socket's server and the judge of tokens disagree with all others
      server.refusingRoutes.formUnion([.verify, .version])
      lasts(kind, 10...600)
    case .deletion: deleteSomething()
    case .partition: beginPartition()
    case .outage:
      isOut = true
      process.socket?.serial.map { after(.zero, .socket(.end(serial: $0, code: 1012))) }
      lasts(kind, 5...180)
    case .socketDrop:
      process.socket?.serial.map { after(.zero, .socket(.end(serial: $0, code: nil))) }
    case .socketSilence: silence()
    case .foreignPush: foreignPush()
    case .browser: useBrowser()
    case .crash: crash()
    case .restart: shutDown()
    case .diskFull:
      isDiskFull = true
      lasts(kind, 5...120)
    case .wallJump: clock.wallOffset = fate.seconds(0...172_800) - .seconds(86_400)
    case .suspend:
      guard clock.asleepSince == nil else { return }
      clock.sleep()
      lasts(kind, 5...3600)
    default: break
    }
  }

  private func lasts(_ kind: FaultKind, _ seconds: ClosedRange<Int>) {
    after(fate.seconds(seconds), .faultOver(kind))
  }

  func relieve(_ kind: FaultKind) {
    switch kind {
    case .routeRefusal, .tokenRefusal: server.refusingRoutes = []
    case .partition: isPartitioned = false
    case .outage: isOut = false
    case .diskFull: isDiskFull = false
    case .suspend: wake()
    case .browser:
      guard let serial = people.browser else { return }
      people.browser = nil
      happen(.removed(serial: serial))
    default: break
    }
  }

  private func beginPartition() {
    isPartitioned = true
    if fate.happens(0.5) {
      silence()
    } else {
      process.socket?.serial.map { after(.zero, .socket(.end(serial: $0, code: nil))) }
    }
    lasts(.partition, 5...300)
  }

  /// Half-open: the server drops us after a missed pong.
  private func silence() {
    guard let serial = process.socket?.serial else { return }
    process.socket?.isSilent = true
    after(fate.seconds(30...60), .socket(.removed(serial: serial)))
  }

  private func foreignPush() {
    guard let id = process.socket?.id, process.socket?.isSilent == false else { return }
    after(
      .milliseconds(1),
      .deliver(
        .socket(id, .frame(.event(type: "post_liked", userID: UserID("cmother")))),
        epoch: process.epoch))
  }

  private func deleteSomething() {
    let index = fate.below(server.conversations.count)
    guard server.conversations.indices.contains(index) else { return }
    let rows = server.conversations[index].messages.indices.filter {
      server.conversations[index].messages[$0].senderID != ModelServer.me
    }
    guard let row = fate.pick(rows) else { return }
    server.conversations[index].delete(row)
  }

  /// A browser of the same user: takes the slot, reads something, and goes.
  private func useBrowser() {
    let index = fate.below(server.conversations.count)
    if fate.happens(0.7), index < server.conversations.count {
      server.markRead(index, by: .browser)
    }
    guard people.browser == nil, fate.happens(0.5) else { return }
    server.lastSerial += 1
    people.browser = server.lastSerial
    server.connections.insert(server.lastSerial)
    server.slot = server.lastSerial
    lasts(.browser, 1...600)
  }

  private func shutDown() {
    guard process.isRunning, process.stoppingSince == nil else { return }
    process.stoppingSince = clock.now
    feed(.shutDown)
  }

  /// All faults off.
  func heal() {
    note("heal")
    isHealed = true
    (isPartitioned, isOut, isDiskFull) = (false, false, false)
    server.refusingRoutes = []
    server.poisoned = []
    server.isSkewed = false
    wake()
    if let socket = process.socket, socket.isSilent, let serial = socket.serial {
      after(.seconds(60), .socket(.end(serial: serial, code: nil)))
    }
    checker.healedAt = clock.now
    after(.seconds(5), .judge)
  }
}
