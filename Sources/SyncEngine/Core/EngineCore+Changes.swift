import FonanaCore

/// What people do with messages on their way (docs/reliability.md, The life of a message).
extension EngineCore {
  mutating func perform(_ command: OutboxCommand, _ wish: WishID) {
    do throws(FonanaError) {
      store(try changes(by: command), for: wish)
    } catch {
      fail(wish, error)
    }
    advanceOutbox()
  }

  private mutating func changes(by command: OutboxCommand) throws(FonanaError) -> [ItemChange] {
    switch command {
    case .retryAll: retryAll()
    case .retry(let cid): try retry(item(cid))
    case .cancel(let cid): [try cancellation(of: item(cid))]
    case .skip(let cid): [try skip(item(cid))]
    case .hold(let cid): [try hold(item(cid))]
    case .release(let cid): [try release(item(cid))]
    case .edit(let cid, let content): [try edit(item(cid), content)]
    }
  }

  private func item(_ cid: ClientID) throws(FonanaError) -> OutboxItem {
    guard let item = outbox.items[cid] else {
      throw FonanaError(
        .notFound, "No message \(cid) waits in the outbox.", hint: "See “fonana outbox list”.")
    }
    switch outbox.activity[cid] {
    case .settling: throw Self.tooLate
    case .changing, .cancelling: throw Self.busy
    case .resolving, .openingConversation, .uploading, .claiming, .posting, nil: return item
    }
  }

  private mutating func store(_ changes: [ItemChange], for wish: WishID) {
    guard !changes.isEmpty else { return turn.emit(.answer(wish, .done)) }
    for change in changes {
      if !change.isNoted {
        outbox.activity[change.cid] = change.after == nil ? .cancelling : .changing
      }
      if let after = change.after { outbox.put(after) }
    }
    commit(changes.map { $0.act(at: turn.now.wall) }, then: .changed(wish, changes))
  }

  /// What was only noted holds nothing up: a later change of the same item may be under way.
  mutating func changesStored(_ changes: [ItemChange], _ wish: WishID) {
    for change in changes where !change.isNoted {
      if finish(.cancelling, of: change.cid) != nil { drop(change.cid) }
      if change.isEdit { outbox.edited.insert(change.cid) }
      guard let after = change.after, finish(.changing, of: change.cid) != nil else { continue }
      if !outbox.throttled.contains(after.cid) { outbox.notBefore[after.cid] = nil }
      // The other may have written while it was held or parked.
      if after.unlessRepliedSince != nil { outbox.listNeededSince[after.cid] = turn.now.boot }
      if after.state == .queued || after.state == .unresolved { forgetFailures(of: after.cid) }
      if after.state == .quarantine { startQuarantineTimer(after) }
      catchUp(after.cid)
    }
    turn.emit(.answer(wish, .done))
    advanceOutbox()
  }

  /// What came of the message while its change was being written.
  private mutating func catchUp(_ cid: ClientID) {
    followNamesakes(cid)
    guard let row = outbox.shownMeanwhile.removeValue(forKey: cid), let item = outbox.items[cid]
    else { return }
    settle(item, row)
  }

  private mutating func forgetFailures(of cid: ClientID) {
    outbox.backoff[cid] = nil
    outbox.confirmedAtRefusal[cid] = nil
  }

  /// The disk did not take it: as if nothing had been asked for.
  mutating func changesNotStored(_ changes: [ItemChange], _ wish: WishID, _ error: FonanaError) {
    for change in changes {
      if change.isNoted {
        guard var item = outbox.items[change.cid] else { continue }
        item.isCancelWanted = false
        outbox.put(item)
      } else if finish(.changing, of: change.cid) != nil {
        outbox.put(change.before)
        catchUp(change.cid)
      } else if finish(.cancelling, of: change.cid) != nil {
        catchUp(change.cid)
      }
    }
    fail(wish, error)
    advanceOutbox()
  }

  // MARK: the commands

  private mutating func retry(_ item: OutboxItem) throws(FonanaError) -> [ItemChange] {
    switch item.state {
    case .parked: return [ItemChange(item, to: queuedAgain(item), outcome: "retried")]
    case .queued, .unresolved:
      outbox.notBefore[item.cid] = nil
      session.degraded[.send] = nil
      return []
    case .intent, .quarantine, .held: throw Self.refuse(item, "retried")
    }
  }

  /// What may be at the server already is not sent again by a command that names nothing.
  private mutating func retryAll() -> [ItemChange] {
    session.degraded = [:]
    wakeOutbox()
    return outbox.items.values.filter {
      $0.state == .parked && $0.reason?.code != .ambiguousDelivery && outbox.activity[$0.cid] == nil
    }.sorted { $0.sequence < $1.sequence }.map {
      ItemChange($0, to: queuedAgain($0), outcome: "retried")
    }
  }

  /// One of a backup may be at the server, whatever its state: it is looked for first.
  private func cancellation(of item: OutboxItem) throws(FonanaError) -> ItemChange {
    var doomed = item
    doomed.isCancelWanted = true
    if item.state != .intent, item.state != .quarantine {
      guard item.isRestored, item.recipient.conversationID != nil else {
        return ItemChange(item, to: nil, outcome: "cancelled")
      }
      doomed.state = .quarantine
      doomed.doubtUnasked()
    }
    return ItemChange(
      item, to: doomed, outcome: "cancel_wanted", detail: "if the server does not have it")
  }

  private func skip(_ item: OutboxItem) throws(FonanaError) -> ItemChange {
    guard item.state == .parked || item.state == .held else { throw Self.refuse(item, "skipped") }
    var skipped = item
    skipped.isSkipped = true
    return ItemChange(item, to: skipped, outcome: "skipped")
  }

  private func hold(_ item: OutboxItem) throws(FonanaError) -> ItemChange {
    guard [.queued, .unresolved, .parked].contains(item.state) else {
      throw Self.refuse(item, "held")
    }
    var held = item
    held.state = .held
    return ItemChange(item, to: held, outcome: "held")
  }

  /// One that was held while it was in doubt is in doubt still.
  private func release(_ item: OutboxItem) throws(FonanaError) -> ItemChange {
    guard item.state == .held else { throw Self.refuse(item, "released") }
    guard item.reason?.code == .ambiguousDelivery else {
      return ItemChange(item, to: queuedAgain(item), outcome: "released")
    }
    var parked = item
    parked.state = .parked
    parked.isSkipped = false
    return ItemChange(item, to: parked, outcome: "released", detail: "still to be decided")
  }

  private func edit(_ item: OutboxItem, _ content: String) throws(FonanaError) -> ItemChange {
    let isMutant = isMutated(.editInDoubt) && item.state == .quarantine
    guard isMutant || Self.editable.contains(item.state) else {
      throw Self.refuse(item, "edited")
    }
    guard !item.isRestored else { throw Self.mayBeSent(item) }
    guard item.image == nil || item.attempts == 0 else { throw Self.wasTried(item) }
    // One in doubt is in doubt still: only “retry” decides that.
    let isDecided =
      (item.state == .parked && item.reason?.code != .ambiguousDelivery)
      || isMutant
    var edited = isDecided ? queuedAgain(item) : item
    edited.content = content
    edited.refusals = 0
    return ItemChange(item, to: edited, outcome: "edited")
  }

  private static let editable: [OutboxState] = [.queued, .unresolved, .held, .parked]

  private func queuedAgain(_ item: OutboxItem) -> OutboxItem {
    var again = item
    again.state = item.stateInQueue
    if !item.isRestored { again.doubt = nil }
    again.reason = nil
    again.refusals = 0
    again.isSkipped = false
    again.isCancelWanted = false
    return again
  }

  private static func refuse(_ item: OutboxItem, _ verb: String) -> FonanaError {
    let why =
      item.state == .intent || item.state == .quarantine
      ? " The server may have it already; “fonana outbox cancel” drops it if it turns out not to."
      : ""
    return FonanaError(
      .conflict, "A message that is \(item.state.shown) can't be \(verb).\(why)",
      hint: "See “fonana outbox show \(item.cid)”.")
  }

  private static func mayBeSent(_ item: OutboxItem) -> FonanaError {
    FonanaError(
      .conflict,
      "It comes from a backup, and the server may have it as it is: it can't be edited before it was looked for.",
      hint:
        "“fonana outbox \(item.state == .held ? "release" : "retry") \(item.cid)” has it looked for; “cancel” drops it."
    )
  }

  private static func wasTried(_ item: OutboxItem) -> FonanaError {
    FonanaError(
      .conflict, "It was tried with its image already, so the server may have it as it is.",
      hint: "“fonana outbox cancel \(item.cid)” drops it; then send it anew.")
  }

  private static let tooLate = FonanaError(
    .conflict, "It is too late: the server has the message.",
    hint: "See “fonana outbox list” for what is still here.")

  private static let busy = FonanaError(
    .conflict, "Another change of this message is being written.", hint: "Try again.",
    retryable: true)
}
