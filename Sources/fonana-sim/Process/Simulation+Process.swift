import FonanaCore
import SyncEngine

/// Life and death of the daemon's process, and what its driver does.
extension Simulation {
  func boot(_ epoch: Int) {
    guard epoch == process.epoch, process.core == nil else { return }
    note("boot \(epoch)")
    let seed = fate.next()
    onRecord?(.start(plan.configuration, seed: seed, clock.times))
    process.core = RunningCore(
      EngineCore(configuration: plan.configuration, seed: seed, now: clock.times))
    process.bootedAt = clock.server
    checker.booted(at: clock.now)
    checker.refreshes.booted(with: credentials, at: clock.times)
    checkBootTwice()
    edges.restart()
    if !isHealed, fate.happens(plan[.bootCrash] * 3) { process.effectsUntilCrash = fate.below(8) }
    feed(.booted(readStore(), credentials))
    process.effectsUntilCrash = nil
  }

  func feed(_ event: EngineEvent) {
    guard process.core != nil else { return }
    if case .answered(let id, let answer) = event {
      guard let request = process.inFlight.removeValue(forKey: id) else { return }
      note("answered \(id.number) \(request.label) \(answer.label)") { $0.mix(event) }
      checker.answered(request, answer, id, self)
    } else {
      note(event.label) { $0.mix(event) }
    }
    if case .socket(_, .frame) = event {
      checker.budget.pushed(at: clock.now, isWatched: process.isWatched)
    }
    if case .socket(let id, let signal) = event, signal.isLast, process.socket?.id == id {
      checker.socketEnded(at: clock.now, byUs: process.socket?.isLeaving == true)
      process.socket = nil
    }
    guard let effects = process.core?.handle(event, at: clock.times) else { return }
    onRecord?(.turn(clock.times, event, effects))
    if let phases = process.core?.phases { edges.moved(to: phases) }
    perform(effects)
  }

  private func perform(_ effects: [EngineEffect]) {
    let epoch = process.epoch
    for effect in effects {
      if case .log(let line) = effect {
        checker.logged(line)
        note("  log \(line.stage.rawValue) \(line.detail)") { $0.mix(effect) }
        continue
      }
      if !isHealed, fate.happens(plan[.crash] * 0.01) {
        tally.count(.crash)
        return die()
      }
      if process.effectsUntilCrash == 0 {  // in the middle of recovering
        tally.count(.bootCrash)
        return die()
      }
      process.effectsUntilCrash? -= 1
      perform(effect)
      guard process.epoch == epoch, checker.violation == nil else { return }
    }
    checker.settledDown(self)
  }

  private func perform(_ effect: EngineEffect) {
    note("  \(effect.label)") { $0.mix(effect) }
    switch effect {
    case .commit(let id, let acts): startCommit(id, acts)
    case .request(let id, let request, let credentials): call(id, request, credentials)
    case .cancel(let id):
      guard process.inFlight[id] != nil else { return }
      let failure = ServerFailure(.cancelled, phase: .partlyWritten, detail: "cancelled")
      after(.zero, .deliver(.answered(id, .failure(failure)), epoch: process.epoch))
    case .openSocket(let id, let credentials): openSocket(id, credentials)
    case .say(let id, let command): say(command, on: id)
    case .setTimer(let timer, let due):
      process.timers[timer] = due
      let instant = max(clock.now, SimClock.instant(ofBoot: due))
      queue.add(.timer(timer, epoch: process.epoch, due: due), at: instant)
    case .cancelTimer(let timer): process.timers[timer] = nil
    case .save(let stored):
      checker.refreshes.saved(stored, serverNow: clock.server, at: clock.times)
      credentials = stored
      if people.isLoggedOut, stored.token != nil { checker.fail(10, "a token after the logout") }
    case .answer(let wish, let answer): answered(wish, answer)
    case .log: break
    case .stop:
      if process.stoppingSince == nil { checker.fail(13, "stopped without being asked to") }
      storeLost(isOrderly: true)
      die(restartIn: .seconds(1))
    }
  }

  func timerDue(_ timer: TimerID, _ epoch: Int, _ due: Duration) {
    guard epoch == process.epoch, process.timers[timer] == due else { return }
    if mutation == .noHealTimer, timer.heals { return }
    process.timers[timer] = nil
    if timer == .tick { process.hasTicked = true }
    if checker.timers.fired(at: clock.now) { checker.fail(12, "a busy loop of timers") }
    feed(.timerFired(timer))
  }

  // MARK: commits

  private func startCommit(_ id: TransactionID, _ acts: [StoreAct]) {
    checker.wants(acts, self)
    process.unwritten.append(SimProcess.Transaction(id: id, acts: acts))
    if mutation == .replyBeforeCommit, case .enqueue(let item)? = acts.first {
      let early = StoreResult(enqueued: [.added(item)])
      after(.zero, .deliver(.committed(id, early), epoch: process.epoch))
    }
    let delay = fate.milliseconds(0...20) + slowness()
    process.lastCommitAt = max(process.lastCommitAt, clock.now + delay)
    queue.add(.commit(epoch: process.epoch), at: process.lastCommitAt)
  }

  /// So long that the next answers of the server come before the disk is through.
  private func slowness() -> Duration {
    guard !isHealed, plan[.diskSlow] > 0, disk.happens(plan[.diskSlow] * 3) else { return .zero }
    tally.count(.diskSlow)
    return disk.milliseconds(100...3000)
  }

  func commit(_ epoch: Int) {
    guard epoch == process.epoch, !process.unwritten.isEmpty else { return }
    if let failure = diskFailure() { return failCommits(failure) }
    let transaction = process.unwritten.removeFirst()
    let (id, acts) = (transaction.id, transaction.acts)
    if mutation == .unsyncedStore { synced = store }
    for act in acts {
      edges.durable(act, in: store)
      noteMeeting(act)
      reconsider(act)
      putAside(act)
    }
    let result = write(mutation == nil ? acts : acts.map(mutated))
    checker.stored(acts, result, self)
    if !isHealed, fate.happens(plan[.crash] * 0.01) {  // durable, and nobody knows
      tally.count(.crash)
      return die()
    }
    feed(.committed(id, result))
  }

  /// As the engine's driver does: what the core wanted before it knew fails too.
  private func failCommits(_ failure: FonanaError) {
    let epoch = process.epoch
    var wantedBefore = 0
    repeat {
      wantedBefore = process.unwritten.last?.id.number ?? 0
      let transaction = process.unwritten.removeFirst()
      checker.commitFailed(transaction.acts, in: store)
      feed(.commitFailed(transaction.id, failure))
    } while epoch == process.epoch && mutation != .failuresApart
      && process.unwritten.first.map { $0.id.number <= wantedBefore } ?? false
  }

  /// Why the transaction does not become durable.
  private func diskFailure() -> FonanaError? {
    if isDiskFull {
      tally.count(.diskFull)
      return FonanaError(.storeUnwritable, "The disk is full.")
    }
    guard !isHealed, fate.happens(plan[.diskError] * 0.1) else { return nil }
    tally.count(.diskError)
    return FonanaError(.storeUnwritable, "The disk has failed.")
  }

  private func mutated(_ act: StoreAct) -> StoreAct {
    guard mutation == .losePageEdge,
      case .applyPage(let id, var page, let coverage, let proven, let old) = act
    else { return act }
    if page.messages.count > 1 { page.messages.removeLast() }
    return .applyPage(id, page, coverage, proven: proven, isBacklog: old)
  }

  // MARK: ends

  /// Whether there was a process to kill.
  @discardableResult
  func crash() -> Bool {
    guard process.isRunning else { return false }
    die()
    return true
  }

  private func die() {
    note("crash")
    if !process.unwritten.isEmpty { tally.count(.tailLost) }
    if let synced { store = synced }
    storeLost(isOrderly: false)
    die(restartIn: fate.milliseconds(200...20_000))
  }

  func die(restartIn delay: Duration) {
    let wishes = process.wishes.sorted { $0.key.number < $1.key.number }.map(\.value)
    if let serial = process.socket?.serial {
      after(fate.milliseconds(5...2000), .socket(.removed(serial: serial)))
    }
    process.die()
    checker.died(at: clock.now)
    after(delay, .boot(epoch: process.epoch))
    for wish in wishes { tryAgain(wish) }
  }
}

extension SocketSignal {
  var isLast: Bool {
    switch self {
    case .closed, .failed: true
    case .opened, .frame, .alive: false
    }
  }
}

extension TimerID {
  fileprivate var heals: Bool {
    switch self {
    case .outbox, .tick: true
    default: false
    }
  }
}
