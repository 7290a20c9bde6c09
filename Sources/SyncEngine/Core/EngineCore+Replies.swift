import FonanaCore

/// Messages that are not sent when the other has written since (`send --unless-replied`).
extension EngineCore {
  private static let listIsFresh = Duration.seconds(5)

  /// Takes out what has been answered before it was sent, wherever it stands.
  mutating func cancelReplied() {
    for cid in outbox.conditional.sorted() where outbox.activity[cid] == nil {
      guard let item = outbox.items[cid], item.state == .queued, isReplied(item) else { continue }
      withdraw(item)
    }
  }

  /// Whether the other has written since. What comes from a backup may be at the server already.
  func isReplied(_ item: OutboxItem) -> Bool {
    guard !isMutated(.sendThoughReplied), !item.isRestored, let since = item.unlessRepliedSince,
      let conversation = item.recipient.conversationID
    else { return false }
    return book[conversation]?.state.lastReceivedAt.map { $0 > since } ?? false
  }

  /// The next one of its lane goes once that is on the disk: after a crash this one would be back.
  mutating func withdraw(_ item: OutboxItem) {
    outbox.activity[item.cid] = .cancelling
    let change = ItemChange(
      item, to: nil, outcome: "replied", detail: "the other has written since")
    commit([change.act(at: turn.now.wall)], then: .withdrawn(item.cid))
  }

  /// It was claimed, and while that was written the other's message came. No byte has left.
  mutating func withdraw(claimed item: OutboxItem) {
    var unsent = item
    unsent.state = .queued
    unsent.attempts -= 1
    outbox.put(unsent)
    withdraw(unsent)
  }

  mutating func withdrawn(_ cid: ClientID) {
    guard finish(.cancelling, of: cid) != nil else { return }
    drop(cid)
    advanceOutbox()
  }

  /// Whether what is known of the other is new enough to send `item`; else a list is asked for, and
  /// its arrival moves the outbox on.
  mutating func knowsWhetherReplied(_ item: OutboxItem) -> Bool {
    guard item.unlessRepliedSince != nil else { return true }
    let needed = outbox.listNeededSince[item.cid] ?? .zero
    if let asked = poll.lastListAskedAtBoot, asked >= needed, isListFresh(for: Self.listIsFresh) {
      return true
    }
    askList()
    return false
  }

  /// What a list tells of it, also one on hold, whose place a newer one may take.
  mutating func noteReceived(_ list: [ListedConversation]) {
    for listed in list {
      guard let last = listed.last, last.senderID != session.account?.userID else { continue }
      book.noteReceived(listed.id, at: last.createdAt)
    }
  }

  /// What a page tells of the other's last message.
  mutating func noteReceived(_ messages: [ServerMessage], in conversation: ConversationID) {
    let me = session.account?.userID
    let newest = messages.lazy.filter { $0.senderID != me }.map(\.createdAt).max()
    if let newest { book.noteReceived(conversation, at: newest) }
  }
}
