import FonanaCore

/// Fetching messages, without marking read what nobody wanted to read
/// (docs/reliability.md, “The mirror”).
extension EngineCore {
  static let listIsFreshFor = Duration.seconds(30)

  /// Why a conversation may be fetched now; nil: it may not.
  private enum Permission { case reader, eager, alreadyRead, deferredTick }

  private func permission(to pull: ConversationID) -> Permission? {
    guard let entry = book[pull] else { return pulls.readers[pull] == nil ? nil : .reader }
    if pulls.readers[pull]?.isEmpty == false { return .reader }
    guard !entry.state.coverage.isWhole, !entry.isGone, entry.missedLists == 0 else { return nil }
    if configuration.mode == .eager { return .eager }
    guard isListFresh(for: Self.listIsFreshFor) else { return nil }
    if entry.state.listUnread == 0 { return .alreadyRead }
    guard let last = entry.last, let read = entry.state.readThrough,
      last.senderID != session.account?.userID, last.position <= read
    else { return nil }
    return .deferredTick  // it was read here while the server could not be told
  }

  /// Starts what may be started: readers first, then gaps in the order of the book.
  mutating func advancePulls() {
    guard !isShuttingDown, session.canCall(.messages, at: turn.now.boot) else { return }
    for conversation in pulls.readers.keys.sorted() where isPageMissing(in: conversation) {
      startPull(conversation, isAsked: true)
    }
    guard link.state != .unreachable else { return }
    guard turn.now.boot >= pulls.pauseUntil else {
      return turn.emit(.setTimer(.pulls, at: pulls.pauseUntil))
    }
    // A server that answers quicker than the disk writes would fill the memory; each page that is
    // stored calls this again.
    guard pagesBeingStored < Pulls.mostUnstored else { return }
    var isWaitingForList = false
    for conversation in book.order where pulls.active.count < Pulls.mostAtOnce {
      guard let entry = book[conversation], !entry.state.coverage.isWhole, !entry.isGone,
        entry.missedLists == 0
      else { continue }
      if permission(to: conversation) != nil {
        startPull(conversation, isAsked: true)
      } else if entry.state.listUnread == 0 {
        isWaitingForList = true
      }
    }
    let isCheckWaiting = pulls.active.isEmpty && !startDeepCheck()
    wantFreshList((isWaitingForList || isCheckWaiting) && pulls.active.isEmpty)
  }

  /// Whether a reader waits for more than the commit of a page that is here already.
  private func isPageMissing(in conversation: ConversationID) -> Bool {
    let isWhole = book.coverage(of: conversation).isWhole
    return (pulls.readers[conversation] ?? []).contains { !$0.didTick || ($0.wantsAll && !isWhole) }
  }

  private mutating func wantFreshList(_ isWanted: Bool) {
    guard isWanted else {
      pulls.needsFreshList = false
      return
    }
    guard !pulls.needsFreshList else { return }
    pulls.needsFreshList = true
    askList()
  }

  private mutating func startPull(_ conversation: ConversationID, isAsked: Bool) {
    guard pulls.active[conversation] == nil else { return }
    let isFromNewest = pulls.readers[conversation]?.contains { !$0.didTick } == true
    let coverage = book.coverage(of: conversation)
    let gap = isFromNewest ? coverage.topGap : coverage.gaps.first
    let unread = isFromNewest ? book[conversation]?.state.listUnread ?? 0 : 0
    let wanted = unread > 0 ? max(pulls.limit, unread + Coverage.overlapMessages) : pulls.limit
    let limit = pulls.limits[conversation] ?? min(wanted, Pulls.largestPage)
    let cursor = isFromNewest ? nil : gap?.cursor
    pulls.active[conversation] = Pulls.Active(
      cursor: cursor, gap: gap, knownTop: coverage.top, limit: limit, startedAt: turn.now.boot,
      listsTaken: poll.listsTaken)
    let stop = gap.map(\.older) ?? coverage.newest
    submit(
      .listMessages(conversation, limit: limit, before: cursor?.id, stopAt: stop),
      for: .pull(conversation), isAsked: isAsked)
  }

  mutating func pullAnswered(_ answer: ServerAnswer, _ conversation: ConversationID) {
    guard let active = pulls.active.removeValue(forKey: conversation) else { return }
    let elapsed = turn.now.boot - active.startedAt
    switch answer {
    case .success(.page(let page), _):
      pulls.pageCame(in: elapsed)
      // At most 30 s: the machine may have slept while the answer came.
      let rest = configuration.isPaced ? min(elapsed, turn.scaled(.seconds(30))) : .zero
      pulls.pauseUntil = turn.now.boot + rest
      pageArrived(page, conversation, active)
    case .failure(let failure) where failure.isOfGoneConversation: isGone(conversation)
    case .success, .failure: pullFailed(conversation, active)
    }
    advancePulls()
  }

  /// Its gaps stay: they must not keep the others from being fetched.
  private mutating func isGone(_ conversation: ConversationID) {
    book[conversation]?.isGone = true
    turn.log(.info, .conversationGone)
    answerReaders(of: conversation, isFresh: false)
  }

  private mutating func pullFailed(_ conversation: ConversationID, _ active: Pulls.Active) {
    pulls.pageFailed()
    pulls.limits[conversation] = max(active.limit / 2, Pulls.smallestPage)
    if active.isDeepCheck { postponeDeepCheck(of: conversation) }
    let delay = pulls.backoff.next()
    pulls.pauseUntil = turn.instant(in: max(.seconds(1), delay.high))
    turn.emit(.setTimer(.pulls, at: pulls.pauseUntil))
    answerReaders(of: conversation, isFresh: false)
  }

  private mutating func pageArrived(
    _ page: MessagePage, _ conversation: ConversationID, _ active: Pulls.Active
  ) {
    let span = span(of: page, askedWith: active.cursor)
    if span.cursorWasIgnored, page.hasMore != nil, let gap = active.gap {
      turn.log(.info, .cursorLost)
      var coverage = book.coverage(of: conversation)
      coverage.restart(gap)
      book.setCoverage(coverage, of: conversation)
      return ingest(
        page, conversation, askedWith: nil, after: active.listsTaken, knowing: active.knownTop,
        then: .nothing)
    }
    widenIfOneInstant(span, page, conversation, active)
    servedReaders(of: conversation, by: active)
    ingest(
      page, conversation, askedWith: active.cursor, after: active.listsTaken,
      knowing: active.knownTop, isDeepCheck: active.isDeepCheck, then: .readers(conversation))
  }

  /// A page knows nothing of what came after it was asked for: a later reader waits for the next.
  private mutating func servedReaders(of conversation: ConversationID, by active: Pulls.Active) {
    for (index, reader) in (pulls.readers[conversation] ?? []).enumerated()
    where reader.since <= active.startedAt {
      pulls.readers[conversation]?[index].didTick = true
    }
  }

  private mutating func widenIfOneInstant(
    _ span: PageSpan, _ page: MessagePage, _ conversation: ConversationID, _ active: Pulls.Active
  ) {
    let hasAny = !page.messages.isEmpty || !page.unreadable.isEmpty
    let isOneInstant = span.nextCursor == nil && hasAny && page.hasMore == true
    pulls.limits[conversation] = isOneInstant ? min(active.limit * 2, 64_000) : nil
  }

  /// Every page that was fetched goes into the mirror: the server has just marked it read. A list
  /// that came after it was asked for, so that more than `listsTaken` have gone into the book, may
  /// count what has come since: that is not read.
  mutating func ingest(
    _ page: MessagePage, _ conversation: ConversationID, askedWith cursor: MessagePosition?,
    after listsTaken: Int, knowing top: MessagePosition? = nil, isDeepCheck: Bool = false,
    then sequel: Sequel
  ) {
    let before = book.coverage(of: conversation)
    let span = span(of: page, askedWith: cursor, knowing: top)
    let coverage = coverage(before, with: span)
    book.setCoverage(coverage, of: conversation)
    let isBacklog = before.newest == nil || cursor != nil || book[conversation]?.isBacklog == true
    book[conversation]?.isBacklog = false
    if poll.listsTaken == listsTaken { book[conversation]?.state.listUnread = 0 }
    pulls.lastPullAt = turn.now.wall
    turn.log(.debug, .pageReceived, "\(page.messages.count) messages, \(coverage.gaps.count) gaps")
    let news = cursor == nil ? taken(page, onto: before) : page
    commit(
      [
        .applyPage(
          conversation, news, coverage, proven: proven(by: span, onto: before),
          isBacklog: poll.backlog(isBacklog))
      ] + noteDeepCheck(of: conversation, if: isDeepCheck || before.newest == nil) + progress(),
      then: sequel)
    noteReceived(page.messages, in: conversation)
    settleFromPage(page, conversation)
  }

  /// Now and then while much is fetched: how many conversations are still to come.
  private func progress() -> [StoreAct] {
    guard pulls.pages % 10 == 0 else { return [] }
    let waiting = book.order.count { book[$0]?.state.coverage.isWhole == false }
    guard waiting > 0 else { return [] }
    var detail = EventDetail()
    (detail.conversations, detail.waiting) = (book.order.count, waiting)
    return [.record(.syncProgress, detail: detail.json)]
  }
}
