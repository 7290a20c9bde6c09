import FonanaCore

/// Several messages of a conversation at once. A list shows the last of them only; the
/// notifications tell of those before. Whoever follows the events must not hear the last one first,
/// so the list waits for them.
extension EngineCore {
  private static let burstPatience = Duration.seconds(2)

  mutating func arrived(_ list: ArrivedList) {
    guard poll.held == nil else { return hold(list) }
    guard showsBurst(list), session.canCall(.notifications, at: turn.now.boot) else {
      return take(list)
    }
    hold(list)
    turn.setTimer(.burst, in: Self.burstPatience)
    submit(.listNotifications(limit: 50), for: .burst, isAsked: true)
  }

  private mutating func hold(_ list: ArrivedList) {
    poll.held = list
    let previews = poll.afterHeld
    poll.afterHeld = []
    if !previews.isEmpty { takeWithHeldList(previews, unread: nil) }
  }

  private func showsBurst(_ list: ArrivedList) -> Bool {
    !poll.isBacklogNext && list.rows.contains(where: showsLastOfSeveral)
  }

  /// What was read since the list before, elsewhere or by a pull that is on its way, is not counted
  /// any more: so the count may have sunk, though several are new.
  private func showsLastOfSeveral(_ listed: ListedConversation) -> Bool {
    let entry = book[listed.id]
    let growth = listed.unread - (entry?.state.listUnread ?? 0)
    guard growth <= 1 else { return true }
    guard listed.unread > 1, let last = listed.last, last.id != entry?.last?.id else {
      return false
    }
    return growth < 1 || pulls.active[listed.id] != nil
  }

  mutating func burstAnswered(_ answer: ServerAnswer) {
    turn.emit(.cancelTimer(.burst))
    previewsAnswered(answer)
    takeHeldList()
  }

  mutating func previewsAnswered(_ answer: ServerAnswer) {
    guard let (rows, unread) = ourNotifications(answer) else { return }
    takeWithHeldList(rows, unread: unread)
  }

  /// A list on hold has the whole text of what it shows, so that is left to it; what is younger
  /// waits until the list was taken.
  private mutating func takeWithHeldList(_ rows: [PlatformNotification], unread: Int?) {
    let (older, others) = rows.split(at: poll.held?.lastMessages ?? [])
    take(older, unread: unread)
    poll.afterHeld += others
  }

  /// No previews in time: the list goes on without them.
  mutating func takeHeldList() {
    guard let list = poll.held else { return }
    let previews = poll.afterHeld
    (poll.held, poll.afterHeld) = (nil, [])
    take(list)
    if !previews.isEmpty { take(previews, unread: nil) }
  }

  private mutating func take(_ rows: [PlatformNotification], unread: Int?) {
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
