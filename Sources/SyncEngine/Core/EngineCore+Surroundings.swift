import FonanaCore

/// What happens to the machine: it sleeps, its clock is set, its network changes.
extension EngineCore {
  /// The machine slept: what the timers think is old news.
  mutating func noteSleep() {
    noteClockSet()
    let total = turn.now.boot - turn.now.monotonic
    defer { poll.sleepTotal = total }
    guard let before = poll.sleepTotal, total - before > .seconds(5) else { return }
    turn.log(.info, .clockJumped, "slept \(total - before)")
    records.happened(.slept, at: turn.now)
    if total - before > .seconds(600) { poll.isBacklogNext = true }
    session.backoff.reset()
    reconnectWanted()
    askList()
    wakeOutbox()
  }

  /// Nothing counts on the wall clock, but whoever reads the history does.
  private mutating func noteClockSet() {
    let lead = turn.now.wall - turn.now.boot
    defer { poll.wallLead = lead }
    guard let before = poll.wallLead else { return }
    let jump = lead - before
    guard jump > .seconds(5) || jump < .seconds(-5) else { return }
    turn.log(.info, .clockJumped, "the clock was set by \(jump)")
    records.happened(.clockSet, at: turn.now)
  }

  /// Perhaps there is a way now, or the one that was there leads nowhere any more.
  mutating func networkChanged() {
    let isSoon = link.networkChangedAtBoot.map { turn.now.boot - $0 < turn.scaled(.seconds(10)) }
    guard isSoon != true else { return }  // a burst is one change
    link.networkChangedAtBoot = turn.now.boot
    turn.log(.info, .networkChanged)
    records.happened(.networkChanged, at: turn.now)
    session.backoff.reset()
    connection.forgetOutage()
    switch connection.state {
    case .connected(let socket):
      turn.emit(.say(socket, .ping))
      turn.setTimer(.silence, in: Link.pongPatience)
    case .idle, .waiting: openSocketIfNeeded()
    case .connecting, .closing, .verifying: break
    }
    askList()
    wakeOutbox()
  }
}
