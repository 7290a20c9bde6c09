import FonanaCore

/// Where an item of the outbox may go from the state it is in (docs/reliability.md, “The life of a message”).
extension EngineCore {
  mutating func replace(
    _ item: OutboxItem, outcome: String, detail: String = "", with further: [StoreAct] = [],
    then sequel: Sequel = .nothing
  ) {
    let before = outbox.items[item.cid]?.state
    outbox.put(item)
    let entry = OutboxHistoryEntry(
      at: turn.now.wall, from: before, to: item.state.rawValue, outcome: outcome, detail: detail)
    commit(further + [.update(item, entry)], then: sequel)
  }

  /// Back into the queue; tried again after a while, or when the server can be reached again.
  mutating func requeue(
    _ item: OutboxItem, outcome: String, detail: String, delay: Duration? = nil
  ) {
    if item.isCancelWanted { return cancel(item, outcome: outcome) }
    var queued = item
    queued.state = item.stateInQueue
    if !item.isRestored { queued.doubt = nil }
    replace(queued, outcome: outcome, detail: detail)
    retryLater(item.cid, delay: delay)
  }

  mutating func cancel(_ item: OutboxItem, outcome: String, detail: String = "") {
    drop(item.cid)
    commit([ItemChange(item, to: nil, outcome: outcome, detail: detail).act(at: turn.now.wall)])
  }

  /// What the server asked for before this one holds for the next one to the same person.
  mutating func drop(_ cid: ClientID) {
    turn.log(.info, .itemCancelled, "\(cid)")
    turn.emit(.cancelTimer(.outbox(cid)))
    let patience = outbox.throttled.contains(cid) ? outbox.notBefore[cid] : nil
    let next = outbox.follower(of: cid)
    outbox.remove(cid)
    guard let patience, let next, next.state == .queued else { return }
    outbox.notBefore[next.cid] = patience
    outbox.throttled.insert(next.cid)
    turn.emit(.setTimer(.outbox(next.cid), at: patience))
  }

  /// `delay`: what the server asked for, but a second at least; else exponential.
  mutating func retryLater(_ cid: ClientID, delay: Duration? = nil) {
    var backoff = outbox.backoff[cid] ?? .request
    let range = backoff.next()
    outbox.backoff[cid] = backoff
    if delay == nil { outbox.throttled.remove(cid) } else { outbox.throttled.insert(cid) }
    let chosen =
      delay.map { max(.seconds(1), $0) }
      ?? turn.random(between: max(.milliseconds(500), range.low), and: max(.seconds(1), range.high))
    outbox.notBefore[cid] = turn.instant(in: chosen)
    if !isMutated(.noHealTimer) { turn.setTimer(.outbox(cid), in: chosen) }
  }

  /// What a person wanted cancelled is parked only when the server may have it.
  mutating func park(_ item: OutboxItem, _ reason: FonanaError, outcome: String) {
    if item.isCancelWanted, reason.code != .ambiguousDelivery {
      return cancel(item, outcome: outcome)
    }
    var parked = item
    parked.state = .parked
    parked.reason = reason
    // Whoever decides now has been told that a look has not helped.
    if reason.code == .ambiguousDelivery { parked.isRestored = false }
    outbox.notBefore[item.cid] = nil
    turn.log(.warning, .itemParked, "\(item.cid) \(reason.code.rawValue)")
    replace(parked, outcome: outcome, detail: reason.message)
  }

  mutating func enterQuarantine(_ item: OutboxItem, isHandlerDone: Bool, outcome: String) {
    var doubtful = item
    doubtful.state = .quarantine
    doubtful.doubt = Doubt(
      fence: item.doubt?.fence, negativesNeeded: isHandlerDone ? 1 : 2,
      isHandlerDone: isHandlerDone)
    turn.log(.warning, .itemUncertain, "\(item.cid) \(outcome)")
    replace(doubtful, outcome: isHandlerDone ? "unknown" : "maybe_running", detail: outcome)
    startQuarantineTimer(doubtful)
  }

  /// It waited when a backup was made, and may have been sent since.
  mutating func doubt(restored item: OutboxItem) {
    var doubtful = item
    doubtful.state = .quarantine
    doubtful.doubt =
      item.doubt ?? Doubt(fence: nil, negativesNeeded: 2, isHandlerDone: false)
    turn.log(.info, .itemUncertain, "\(item.cid) restored")
    replace(doubtful, outcome: "restored", detail: "it is looked for before it is sent")
    startQuarantineTimer(doubtful)
  }

  mutating func startQuarantineTimer(_ item: OutboxItem) {
    let isDone = item.doubt?.isHandlerDone == true
    let length = length(
      ofQuarantine: isDone ? Self.quarantineOfFinished : Self.quarantineOfRunning)
    outbox.notBefore[item.cid] = turn.instant(in: length)
    if !isMutated(.noHealTimer) { turn.setTimer(.outbox(item.cid), in: length) }
  }
}

extension OutboxItem {
  /// One of a backup that goes on though nobody has asked for it, unlike one that a person takes up.
  mutating func doubtUnasked() {
    guard isRestored else { return }
    doubt = Doubt(fence: doubt?.fence, negativesNeeded: 2, isHandlerDone: false)
  }
}
