import FonanaCore

/// A transaction that is under way.
struct PendingCommit: Sendable {
  var sequel: Sequel
  /// What it makes durable.
  var coverages: [ConversationID: Coverage]
  /// Items whose rows it changes.
  var items: [ClientID]
  /// Conversations that it marks as gone.
  var gone: [ConversationID]
}

/// Commit before send, answer after commit.
extension EngineCore {
  mutating func commit(_ acts: [StoreAct], then sequel: Sequel = .nothing) {
    let id = TransactionID(number: turn.nextNumber())
    let acts = takeUnsaved() + acts
    commits[id] = PendingCommit(
      sequel: sequel, coverages: Self.coverages(of: acts), items: acts.compactMap(\.changedItem),
      gone: acts.flatMap(\.goneConversations))
    turn.emit(.commit(id, acts))
  }

  /// What the disk did not take of the outbox goes before whatever is written next.
  private mutating func takeUnsaved() -> [StoreAct] {
    guard !unsaved.isEmpty else { return [] }
    defer { unsaved = [] }
    return unsaved.sorted().map { cid in
      let item = outbox.items[cid]
      let entry = OutboxHistoryEntry(
        at: turn.now.wall, from: item?.state, to: item?.state.rawValue ?? "cancelled",
        outcome: "saved_again", detail: "")
      return item.map { .update($0, entry) } ?? .cancel(cid, entry)
    }
  }

  private mutating func saveAgainLater(_ items: [ClientID]) {
    unsaved.formUnion(items)
    if !unsaved.isEmpty { turn.setTimer(.saveAgain, in: .seconds(10)) }
  }

  mutating func saveAgainTimerFired() { if !unsaved.isEmpty { commit([]) } }

  private static func coverages(of acts: [StoreAct]) -> [ConversationID: Coverage] {
    var result: [ConversationID: Coverage] = [:]
    for act in acts {
      switch act {
      case .applyPage(let id, _, let coverage, _, _): result[id] = coverage
      case .applyList(let states, _): for s in states { result[s.conversation.id] = s.coverage }
      case .applyNotifications(_, _, let coverages, _):
        result.merge(coverages) { _, new in new }
      default: break
      }
    }
    return result
  }

  var pagesBeingStored: Int {
    commits.values.count { if case .readers = $0.sequel { true } else { false } }
  }

  mutating func committed(_ id: TransactionID, _ result: StoreResult) {
    guard let pending = commits.removeValue(forKey: id) else { return }
    isStoreFailing = false
    durable.merge(pending.coverages) { _, new in new }
    records.committed(result.events, at: turn.now)
    switch pending.sequel {
    case .nothing: break
    case .logIn(let wish): logInCommitted(wish)
    case .changed(let wish, let changes): changesStored(changes, wish)
    case .markedRead(let wish, let conversation, let position):
      book.noteRead(conversation, through: position)
      turn.emit(.answer(wish, .done))
    case .enqueued(let wish, let names): enqueued(result.enqueued.first, wish, names)
    case .listed(let time): listStored(at: time)
    case .readers(let conversation):
      readersCommitted(conversation)
      advancePulls()
    case .post(let cid): post(cid)
    case .settled(let cid): settled(cid)
    case .withdrawn(let cid): withdrawn(cid)
    case .superseded(let cid):
      if case .added(let rest)? = result.enqueued.first { outbox.put(rest) }
      settled(cid)
    }
  }

  /// Nothing of it happened: memory goes back to what is on disk, and it is tried again later.
  mutating func commitFailed(_ id: TransactionID, _ error: FonanaError) {
    guard let pending = commits.removeValue(forKey: id) else { return }
    isStoreFailing = true
    turn.log(.error, .commitFailed, error.code.rawValue)
    saveAgainLater(pending.items)
    let empty = book.emptyCoverage
    for (conversation, _) in pending.coverages {
      book[conversation]?.state.coverage = durable[conversation] ?? empty
      book[conversation]?.last = nil
    }
    book.takeBack(gone: pending.gone)
    switch pending.sequel {
    case .nothing: break
    case .logIn(let wish): endLogin(wish, .failed(error))
    case .changed(let wish, let changes): changesNotStored(changes, wish, error)
    case .enqueued(let wish, _), .markedRead(let wish, _, _): fail(wish, error)
    case .listed: answerListWishes(false)
    case .readers(let conversation): pullNotStored(conversation)
    case .post(let cid): claimNotStored(cid)
    case .withdrawn(let cid): _ = finish(.cancelling, of: cid)
    case .settled(let cid), .superseded(let cid): endNotStored(cid)
    }
  }

  /// Also what came late, and lies below what is known, is in that page only.
  private mutating func pullNotStored(_ conversation: ConversationID) {
    var coverage = book.coverage(of: conversation)
    coverage.reopen()
    book.setCoverage(coverage, of: conversation)
    pulls.pauseUntil = turn.instant(in: .seconds(10))
    turn.emit(.setTimer(.pulls, at: pulls.pauseUntil))
    answerReaders(of: conversation, isFresh: false)
  }

  /// No byte has left.
  private mutating func claimNotStored(_ cid: ClientID) {
    guard var item = outbox.items[cid] else { return }
    outbox.activity[cid] = nil
    item.state = .queued
    item.attempts -= 1
    guard !item.isCancelWanted else { return cancel(item, outcome: "cancelled") }
    outbox.put(item)
    retryLater(cid)
  }

  /// The server has it and the disk does not know: it is looked up again.
  private mutating func endNotStored(_ cid: ClientID) {
    guard var item = outbox.items[cid] else { return }
    outbox.activity[cid] = nil
    item.state = .quarantine
    item.doubt = item.doubt ?? Doubt(fence: nil, negativesNeeded: 2, isHandlerDone: false)
    outbox.put(item)
    startQuarantineTimer(item)
  }
}

extension StoreAct {
  fileprivate var changedItem: ClientID? {
    switch self {
    case .update(let item, _): item.cid
    case .cancel(let cid, _): cid
    default: nil
    }
  }

  fileprivate var goneConversations: [ConversationID] {
    if case .noteGone(let ids) = self { ids } else { [] }
  }
}
