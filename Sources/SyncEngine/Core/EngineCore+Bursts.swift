import FonanaCore

/// Several messages of a conversation at once. A list shows the last of them only; the
/// notifications tell of those before. Whoever follows the events must not hear the last one first,
/// so the list waits for them.
extension EngineCore {
  private static let burstPatience = Duration.seconds(2)

  mutating func arrived(_ list: ArrivedList) {
    guard poll.held == nil else { return poll.held = list }
    guard showsBurst(list), session.canCall(.notifications, at: turn.now.boot) else {
      return take(list)
    }
    poll.held = list
    turn.setTimer(.burst, in: Self.burstPatience)
    submit(.listNotifications(limit: 50), for: .burst, isAsked: true)
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
    let shown = poll.held?.lastMessages ?? []
    let previews = ourNotifications(answer)
    if let previews { take(previews.rows.filter { !$0.isOf(shown) }, unread: previews.unread) }
    takeHeldList()
    if let previews { take(previews.rows.filter { $0.isOf(shown) }, unread: previews.unread) }
  }

  /// No previews in time: the list goes on without them.
  mutating func takeHeldList() {
    guard let list = poll.held else { return }
    poll.held = nil
    take(list)
  }

  /// What a list on hold shows is left to it: it has the whole text.
  mutating func previewsAnswered(_ answer: ServerAnswer) {
    guard let (rows, unread) = ourNotifications(answer) else { return }
    let shown = poll.held?.lastMessages ?? []
    take(rows.filter { !$0.isOf(shown) }, unread: unread)
  }

  private mutating func take(_ rows: [PlatformNotification], unread: Int) {
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

extension PlatformNotification {
  fileprivate func isOf(_ messages: Set<MessageID>) -> Bool {
    preview.map { messages.contains($0.messageID) } ?? false
  }
}
