import FonanaCore
import SyncEngine

/// Faults that come by themselves, and their end.
extension Simulation {
  /// Each one's moments over the time of chaos: about 100 × rate an hour, in a long schedule fewer.
  func scheduleFaults() {
    let hours = Double(plan.dense) / 60
    for kind in FaultKind.spontaneous where plan[kind] > 0 {
      let expected = plan[kind] * 100 * hours
      let count = max(1, Int(expected * (0.5 + Double(fate.below(1000)) / 1000)))
      for _ in 0..<count { after(fate.milliseconds(0...milliseconds(plan.chaos)), .fault(kind)) }
    }
  }

  func milliseconds(_ duration: Duration) -> Int { Int(duration.wholeMilliseconds) }

  func strike(_ kind: FaultKind) {
    guard !isHealed, begins(kind) else { return }
    tally.count(kind)
    note("fault \(kind)")
  }

  /// Whether there was something to strike.
  private func begins(_ kind: FaultKind) -> Bool {
    switch kind {
    case .tokenRevoked, .routeRefusal, .tokenRefusal, .accountGone: refuse(kind)
    case .conversationGone: removeConversation()
    case .deletion: deleteSomething()
    case .edit: editSomething()
    case .browser: useBrowser()
    case .secondDaemon: writeElsewhere()
    case .partition, .outage, .flapping, .portal: disturbNetwork(kind)
    case .socketDrop, .socketSilence, .socketDeaf, .socketClose, .brokenFrame, .foreignPush:
      disturbSocket(kind)
    case .crash: crash()
    case .restart: shutDown()
    case .diskFull: fillDisk()
    case .wallJump, .wallFar: moveWallClock(kind)
    case .suspend: sleep()
    default: false
    }
  }

  func lasts(_ kind: FaultKind, _ seconds: ClosedRange<Int>) {
    after(fate.seconds(seconds), .faultOver(kind))
  }

  func relieve(_ kind: FaultKind) {
    switch kind {
    case .routeRefusal, .tokenRefusal: server.refusingRoutes = []
    case .accountGone: server.isAccountGone = false
    case .partition: isPartitioned = false
    case .flapping: flap()
    case .outage: isOut = false
    case .portal: isCaptive = false
    case .diskFull: isDiskFull = false
    case .suspend: wake()
    case .browser:
      guard let serial = people.browser else { return }
      people.browser = nil
      happen(.removed(serial: serial))
    default: break
    }
  }

  // MARK: the machine

  private func fillDisk() -> Bool {
    guard !isDiskFull else { return false }
    isDiskFull = true
    lasts(.diskFull, 5...120)
    return true
  }

  private func moveWallClock(_ kind: FaultKind) -> Bool {
    if kind == .wallFar {
      clock.jumpFar(back: fate.happens(0.5))
    } else {
      clock.wallOffset = fate.seconds(0...172_800) - .seconds(86_400)
    }
    return true
  }

  private func sleep() -> Bool {
    guard clock.asleepSince == nil else { return false }
    clock.sleep()
    checker.sleeper = nil
    fate.happens(0.1) ? lasts(.suspend, 28_800...30_000) : lasts(.suspend, 5...3600)
    return true
  }

  private func shutDown() -> Bool {
    guard process.isRunning, process.stoppingSince == nil, clock.asleepSince == nil else {
      return false
    }
    process.stoppingSince = clock.now
    feed(.shutDown)
    return true
  }

  /// All faults off.
  func heal() {
    note("heal")
    isHealed = true
    (isPartitioned, isOut, isCaptive, isDiskFull) = (false, false, false, false)
    flapsLeft = 0
    server.heal()
    wake()
    if let socket = process.socket, socket.isSilent, let serial = socket.serial {
      after(.seconds(60), .socket(.end(serial: serial, code: nil)))
    }
    checker.healedAt = clock.now
    after(.seconds(5), .judge)
  }
}
