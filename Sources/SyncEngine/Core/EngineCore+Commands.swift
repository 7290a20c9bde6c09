import FonanaCore

/// The outbox in a person's hands.
extension EngineCore {
  mutating func enqueue(_ wanted: OutboxItem, _ wish: WishID) {
    guard let account = session.account, session.token != nil else {
      return fail(
        wish,
        FonanaError(
          .notLoggedIn, "Nobody is logged in, so nothing can be sent.",
          hint: "Log in with “fonana login --wallet ADDRESS”."))
    }
    guard wanted.recipient.userID != account.userID else {
      return fail(wish, FonanaError(.invalidInput, "You can't write to yourself."))
    }
    let item = addressed(wanted)
    if isMutated(.replyBeforeCommit) { turn.emit(.answer(wish, .enqueued(.added(item)))) }
    commit([.enqueue(item)], then: .enqueued(wish))
  }

  /// What the mirror knows of the recipient is pinned now.
  private func addressed(_ wanted: OutboxItem) -> OutboxItem {
    var item = wanted
    if let conversation = item.recipient.conversationID, item.recipient.userID == nil {
      item.recipient.userID = book[conversation]?.state.participantID
    }
    if let user = item.recipient.userID, item.recipient.conversationID == nil {
      item.recipient.conversationID = book.conversation(with: user)
    }
    let isAddressed = item.recipient.userID != nil || item.recipient.conversationID != nil
    item.state = isAddressed ? .queued : .unresolved
    return item
  }

  mutating func enqueued(_ result: EnqueueResult?, _ wish: WishID) {
    guard let result else {
      return fail(wish, FonanaError(.internalDefect, "The store gave no answer."))
    }
    if case .added(let item) = result {
      turn.log(.info, .itemQueued, "\(item.cid)")
      outbox.put(item)
      if let user = item.recipient.userID { resolveNamesakes(of: item.recipient.text, to: user) }
      poll.lastSendAtBoot = turn.now.boot
      poll.lastActivityAtBoot = turn.now.boot
    }
    if !isMutated(.replyBeforeCommit) { turn.emit(.answer(wish, .enqueued(result))) }
    advanceOutbox()
    if poll.isTicking { scheduleTick() }
  }

  mutating func perform(_ command: OutboxCommand, _ wish: WishID) {
    switch command {
    case .retryAll: retryAll(wish)
    case .retry(let cid), .cancel(let cid), .skip(let cid), .hold(let cid), .release(let cid),
      .edit(let cid, _):
      change(cid, by: command, wish)
    }
    advanceOutbox()
  }

  /// Answers once the change is on disk.
  private mutating func change(_ cid: ClientID, by command: OutboxCommand, _ wish: WishID) {
    guard let item = outbox.items[cid] else {
      return fail(
        wish,
        FonanaError(
          .notFound, "No message \(cid) waits in the outbox.", hint: "See “fonana outbox list”."))
    }
    do throws(FonanaError) {
      try apply(command, to: item)
      commit([], then: .wish(wish))
    } catch {
      fail(wish, error)
    }
  }

  private mutating func apply(
    _ command: OutboxCommand, to item: OutboxItem
  ) throws(FonanaError) {
    switch command {
    case .retry: try retry(item)
    case .cancel: cancelOrAskTo(item)
    case .skip: try skip(item)
    case .hold: try hold(item)
    case .release: try release(item)
    case .edit(_, let content): try edit(item, content)
    case .retryAll: break
    }
  }

  private static func refuse(_ item: OutboxItem, _ verb: String) -> FonanaError {
    FonanaError(
      .conflict, "A message that is \(item.state.shown) can't be \(verb).",
      hint: "See “fonana outbox show \(item.cid)”.")
  }

  private mutating func retry(_ item: OutboxItem) throws(FonanaError) {
    switch item.state {
    case .parked:
      var again = item
      again.reason = nil
      again.refusals = 0
      again.isSkipped = false
      outbox.backoff[item.cid] = nil
      outbox.confirmedAtRefusal[item.cid] = nil
      requeueNow(again, outcome: "retried")
    case .queued, .unresolved:
      outbox.notBefore[item.cid] = nil
      session.degraded[.send] = nil
    case .intent, .quarantine, .held: throw Self.refuse(item, "retried")
    }
  }

  private mutating func retryAll(_ wish: WishID) {
    session.degraded = [:]
    let parked = outbox.items.values.filter { $0.state == .parked }
    for item in parked.sorted(by: { $0.sequence < $1.sequence }) {
      try? retry(item)
    }
    wakeOutbox()
    commit([], then: .wish(wish))
  }

  private mutating func cancelOrAskTo(_ item: OutboxItem) {
    switch item.state {
    case .unresolved, .queued, .held, .parked: cancel(item, outcome: "cancelled")
    case .intent, .quarantine:
      var doomed = item
      doomed.isCancelWanted = true
      replace(doomed, outcome: "cancel_wanted", detail: "if the server does not have it")
    }
  }

  mutating func cancel(_ item: OutboxItem, outcome: String) {
    turn.log(.info, .itemCancelled, "\(item.cid)")
    turn.emit(.cancelTimer(.outbox(item.cid)))
    outbox.remove(item.cid)
    commit([
      .cancel(
        item.cid,
        OutboxHistoryEntry(
          at: turn.now.wall, from: item.state, to: "cancelled", outcome: outcome, detail: ""))
    ])
  }

  private mutating func skip(_ item: OutboxItem) throws(FonanaError) {
    guard item.state == .parked || item.state == .held else { throw Self.refuse(item, "skipped") }
    var skipped = item
    skipped.isSkipped = true
    replace(skipped, outcome: "skipped")
  }

  private mutating func hold(_ item: OutboxItem) throws(FonanaError) {
    guard item.state == .queued || item.state == .parked, outbox.activity[item.cid] == nil
    else { throw Self.refuse(item, "held") }
    var held = item
    held.state = .held
    replace(held, outcome: "held")
  }

  private mutating func release(_ item: OutboxItem) throws(FonanaError) {
    guard item.state == .held else { throw Self.refuse(item, "released") }
    var released = item
    released.isSkipped = false
    requeueNow(released, outcome: "released")
  }

  private mutating func edit(_ item: OutboxItem, _ content: String) throws(FonanaError) {
    let isStill = [.queued, .unresolved, .held, .parked].contains(item.state)
    guard isStill, outbox.activity[item.cid] == nil else { throw Self.refuse(item, "edited") }
    var edited = item
    edited.content = content
    edited.refusals = 0
    if item.state == .parked { return requeueNow(edited, outcome: "edited") }
    replace(edited, outcome: "edited")
  }

  private mutating func requeueNow(_ item: OutboxItem, outcome: String) {
    requeue(item, outcome: outcome, detail: "")
    outbox.notBefore[item.cid] = nil
  }

  mutating func fail(_ wish: WishID, _ error: FonanaError) {
    turn.emit(.answer(wish, .failed(error)))
  }
}
