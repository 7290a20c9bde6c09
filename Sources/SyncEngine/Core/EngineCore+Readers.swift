import FonanaCore

/// Whoever waits to read a conversation, and what they are told of it (docs/reliability.md, “The mirror”).
extension EngineCore {
  mutating func prepareRead(
    _ conversation: ConversationID, wantsAll: Bool, insists: Bool, patience: Duration, wish: WishID
  ) {
    poll.lastActivityAtBoot = turn.now.boot
    if !insists, isCurrent(conversation, wantsAll: wantsAll) {
      return turn.emit(
        .answer(wish, .read(freshness(of: conversation, isFresh: true, didTick: false))))
    }
    // Its commit tells whether the disk takes something again.
    if isStoreFailing { askList() }
    let limit = bounded(patience)
    let isAskable =
      session.canCall(.messages, at: turn.now.boot) && limit > .zero && !isStoreFailing
    guard isAskable, book[conversation]?.isGone != true else {
      let stale = freshness(of: conversation, isFresh: false, didTick: false)
      return turn.emit(.answer(wish, .read(stale)))
    }
    pulls.readers[conversation, default: []].append(
      Pulls.Reader(wish: wish, wantsAll: wantsAll, since: turn.now.boot))
    turn.emit(.setTimer(.patience(wish), at: turn.now.boot + limit))
    advancePulls()
  }

  /// Neither unread nor a gap, by a list younger than the interval.
  private func isCurrent(_ conversation: ConversationID, wantsAll: Bool) -> Bool {
    guard let entry = book[conversation], link.state == .reachable,
      isListFresh(for: isSomebodyLooking ? .seconds(5) : .seconds(20))
    else { return false }
    let coverage = entry.state.coverage
    let hasGap = wantsAll ? !coverage.isWhole : coverage.topGap != nil
    return entry.state.listUnread == 0 && !hasGap
  }

  /// A page that readers waited for is on disk.
  mutating func readersCommitted(_ conversation: ConversationID) {
    let coverage = book.coverage(of: conversation)
    let satisfied = (pulls.readers[conversation] ?? []).filter { reader in
      reader.didTick && (reader.wantsAll ? coverage.isWhole : true)
    }
    pulls.readers[conversation]?.removeAll { satisfied.contains($0) }
    if pulls.readers[conversation]?.isEmpty == true { pulls.readers[conversation] = nil }
    for reader in satisfied { answer(reader, conversation, isFresh: true) }
  }

  mutating func answerReaders(of conversation: ConversationID, isFresh: Bool) {
    for reader in pulls.readers.removeValue(forKey: conversation) ?? [] {
      answer(reader, conversation, isFresh: isFresh)
    }
  }

  mutating func answerReadersWithoutServer() {
    guard link.state == .unreachable else { return }
    for conversation in pulls.readers.keys.sorted() {
      answerReaders(of: conversation, isFresh: false)
    }
  }

  private mutating func answer(
    _ reader: Pulls.Reader, _ conversation: ConversationID, isFresh: Bool
  ) {
    turn.emit(.cancelTimer(.patience(reader.wish)))
    turn.emit(
      .answer(
        reader.wish,
        .read(freshness(of: conversation, isFresh: isFresh, didTick: reader.didTick))))
  }

  mutating func readerLostPatience(_ wish: WishID) -> Bool {
    for conversation in pulls.readers.keys.sorted() {
      guard let reader = pulls.readers[conversation]?.first(where: { $0.wish == wish }) else {
        continue
      }
      pulls.readers[conversation]?.removeAll { $0.wish == wish }
      if pulls.readers[conversation]?.isEmpty == true { pulls.readers[conversation] = nil }
      answer(reader, conversation, isFresh: false)
      return true
    }
    return false
  }

  private func freshness(
    of conversation: ConversationID, isFresh: Bool, didTick: Bool
  ) -> ReadFreshness {
    ReadFreshness(
      source: isFresh ? (connection.isConnected && connection.isPushSeen ? .push : .poll) : .stale,
      completeUpTo: poll.lastListAt, lastPullAt: pulls.lastPullAt,
      gaps: book.coverage(of: conversation).gaps.count, didTick: didTick)
  }
}
