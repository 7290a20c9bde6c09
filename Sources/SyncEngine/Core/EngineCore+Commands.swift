import FonanaCore

/// The outbox in a person's hands.
extension EngineCore {
  mutating func enqueue(_ wanted: OutboxItem, _ wish: WishID) {
    guard let account = session.account, session.token != nil || session.isTokenUnreadable else {
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
    let names = wanted.recipient.names
    let namesakes = item.recipient.userID.map { resolveNamesakes(of: names, to: $0) } ?? []
    if isMutated(.replyBeforeCommit) { turn.emit(.answer(wish, .enqueued(.added(item)))) }
    commit(namesakes + [.enqueue(item)], then: .enqueued(wish, names: names))
  }

  /// What the mirror knows of the recipient is pinned now.
  private func addressed(_ wanted: OutboxItem) -> OutboxItem {
    var item = wanted
    item.recipient.otherNames = nil
    if let user = justFound(item.recipient) { item.recipient.userID = user }
    if let conversation = item.recipient.conversationID, item.recipient.userID == nil {
      item.recipient.userID = book[conversation]?.state.participantID
    }
    if let user = item.recipient.userID, item.recipient.conversationID == nil {
      item.recipient.conversationID = book.conversation(with: user)
    }
    let isAddressed = item.recipient.userID != nil || item.recipient.conversationID != nil
    item.state = isAddressed ? .queued : .unresolved
    if item.unlessRepliedSince != nil, let newest = newestKnown(to: item) {
      item.unlessRepliedSince = newest
    }
    return item
  }

  /// One that the server has deleted since counts as well.
  private func newestKnown(to item: OutboxItem) -> Timestamp? {
    let received = item.recipient.conversationID.flatMap { book[$0]?.state.lastReceivedAt }
    return [fence(of: item), received].compactMap { $0 }.max()
  }

  mutating func enqueued(_ result: EnqueueResult?, _ wish: WishID, _ names: [String]) {
    guard let result else {
      return fail(wish, FonanaError(.internalDefect, "The store gave no answer."))
    }
    if case .added(let item) = result {
      turn.log(.info, .itemQueued, "\(item.cid)")
      outbox.put(item)
      if item.unlessRepliedSince != nil { outbox.listNeededSince[item.cid] = turn.now.boot }
      noteTaken(item, called: names)
      poll.lastSendAtBoot = turn.now.boot
      poll.lastActivityAtBoot = turn.now.boot
    }
    if !isMutated(.replyBeforeCommit) { turn.emit(.answer(wish, .enqueued(result))) }
    advanceOutbox()
    if poll.isTicking { scheduleTick() }
  }

  /// One that was taken at the same moment may be to another name of the same person; or its own
  /// name was found while it was being written.
  private mutating func noteTaken(_ item: OutboxItem, called names: [String]) {
    guard let user = item.recipient.userID else {
      if let found = justFound(item.recipient) { commit([resolve(item, to: found)]) }
      return
    }
    let namesakes = resolveNamesakes(of: names, to: user)
    if !namesakes.isEmpty { commit(namesakes) }
  }

  mutating func fail(_ wish: WishID, _ error: FonanaError) {
    turn.emit(.answer(wish, .failed(error)))
  }
}
