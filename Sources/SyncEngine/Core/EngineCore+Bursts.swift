import FonanaCore

/// Several messages of a conversation at once. A list shows the last of them only; the
/// notifications tell of those before. Whoever follows the events must not hear the last one first,
/// so the list waits for them.
extension EngineCore {
  private static let burstPatience = Duration.seconds(2)
  private static let fewestOfBurst = 50

  mutating func arrived(_ list: ArrivedList) {
    let isAnotherHeld = poll.held != nil
    poll.held = list
    guard !isAnotherHeld else { return }
    guard showsBurst(list), session.canCall(.notifications, at: turn.now.boot) else {
      return takeHeldList()
    }
    turn.setTimer(.burst, in: Self.burstPatience)
    askBurst(limit(for: list))
  }

  private mutating func askBurst(_ limit: Int) {
    poll.burstLimit = limit
    submit(.listNotifications(limit: limit), for: .burst, isAsked: true)
  }

  mutating func askPreviews(_ limit: Int) {
    poll.previewsLimit = limit
    submit(.listNotifications(limit: limit), for: .previews)
  }

  /// Enough for all that is new, though others of the platform's stand between.
  private func limit(for list: ArrivedList) -> Int {
    let new = list.rows.map { max(0, $0.unread - (book[$0.id]?.state.listUnread ?? 0)) }
    return min(max(Self.fewestOfBurst, new.reduce(0, +) * 2), Polling.mostPreviews)
  }

  /// Of the first list ever everything is old.
  private func showsBurst(_ list: ArrivedList) -> Bool {
    poll.lastListAt != nil && list.rows.contains(where: showsLastOfSeveral)
  }

  /// What was read since the list before, elsewhere or by a pull that is on its way, is not counted
  /// any more: so the count may have sunk, though several are new. Nor does the count before know
  /// what previews have told since.
  private func showsLastOfSeveral(_ listed: ListedConversation) -> Bool {
    let before = book[listed.id]?.state
    let growth = listed.unread - (before?.listUnread ?? 0)
    guard growth <= 1 else { return true }
    let newest = before?.coverage.top?.id
    guard listed.unread > 1, let last = listed.last?.id, last != before?.lastMessageID,
      last != newest
    else { return false }
    return growth < 1 || newest != before?.lastMessageID || pulls.active[listed.id] != nil
  }

  mutating func burstAnswered(_ answer: ServerAnswer) {
    let previews = ourNotifications(answer)
    if let previews, poll.held != nil, let more = more(than: previews, of: poll.burstLimit) {
      return askBurst(more)
    }
    turn.emit(.cancelTimer(.burst))
    if let previews { noteOrTake(previews.rows, unread: previews.unread) }
    takeHeldList()
  }

  mutating func previewsAnswered(_ answer: ServerAnswer) {
    guard let previews = ourNotifications(answer) else { return }
    previewsCame(previews, of: poll.previewsLimit)
  }

  mutating func previewsCame(_ previews: (rows: [PlatformNotification], unread: Int), of limit: Int)
  {
    if poll.held == nil, let more = more(than: previews, of: limit) { return askPreviews(more) }
    noteOrTake(previews.rows, unread: previews.unread)
  }

  /// While a list is on hold they wait for those of its burst: they may be its last ones only. So
  /// they do at a start, for the list that is on its way.
  private mutating func noteOrTake(_ rows: [PlatformNotification], unread: Int) {
    guard poll.held != nil || (poll.isBacklogNext && poll.isListAsked) else {
      return take(rows, unread: unread)
    }
    poll.heldPreviews = rows.joined(with: poll.heldPreviews)
    poll.heldUnread = unread
  }

  /// How many to ask for when more have come than `limit`: those before the first of them would be
  /// told after it.
  private func more(
    than previews: (rows: [PlatformNotification], unread: Int), of limit: Int
  ) -> Int? {
    guard let told = poll.toldUnread, previews.rows.count >= limit,
      limit < min(previews.unread - told, Polling.mostPreviews)
    else { return nil }
    return min(previews.unread - told + Self.fewestOfBurst, Polling.mostPreviews)
  }

  /// With the previews that have come, or without them. The list has the whole text of what it
  /// shows, so that is left to it; what is younger comes after it. Without a list, since it failed,
  /// they wait no longer.
  mutating func takeHeldList() {
    let list = poll.held
    let (older, others) = poll.heldPreviews.split(at: list?.lastMessages ?? [])
    let unread = poll.heldUnread
    (poll.held, poll.heldPreviews, poll.heldUnread) = (nil, [], nil)
    if !older.isEmpty { take(older, unread: unread) }
    if let list { take(list) }
    if !others.isEmpty { take(others, unread: unread) }
  }

  private mutating func take(_ rows: [PlatformNotification], unread: Int?) {
    poll.toldUnread = unread ?? poll.toldUnread
    var coverages: [ConversationID: Coverage] = [:]
    for row in rows {
      guard let preview = row.preview, preview.senderID != session.account?.userID else { continue }
      coverages[preview.conversationID] = book.addIsland(of: preview, at: row.createdAt)
    }
    // Once the first list has told the server's time, what is younger has just happened.
    let isOld = poll.isFirstPreview && poll.witnessedSince == nil
    commit([
      .applyNotifications(
        rows, unread: unread, coverages: coverages, isBacklog: poll.backlog(isOld))
    ])
    poll.isFirstPreview = false
  }
}

extension [PlatformNotification] {
  /// Two answers, the newest first: the server may have made the one that came later earlier.
  fileprivate func joined(with earlier: Self) -> Self {
    let known = Set(map(\.id))
    let more = earlier.filter { !known.contains($0.id) }
    guard let newest = first?.createdAt else { return more }
    return more.filter { $0.createdAt > newest } + self + more.filter { $0.createdAt <= newest }
  }

  /// Newest first, as the server tells them: those before the shown message of their conversation,
  /// and the others.
  fileprivate func split(at shown: Set<MessageID>) -> (older: Self, others: Self) {
    var reached: Set<ConversationID> = []
    var (older, others): (Self, Self) = ([], [])
    for row in reversed() {
      guard let preview = row.preview else {
        older.append(row)
        continue
      }
      if shown.contains(preview.messageID) { reached.insert(preview.conversationID) }
      if reached.contains(preview.conversationID) { others.append(row) } else { older.append(row) }
    }
    return (older.reversed(), others.reversed())
  }
}
