import FonanaCore

/// Messages that are not sent when the other has written since (`send --unless-replied`).
extension EngineCore {
  private static let listIsFresh = Duration.seconds(5)

  /// Takes out what has been answered before it was sent.
  mutating func cancelReplied() {
    guard !outbox.conditional.isEmpty else { return }
    while let item = outbox.heads().first(where: isOvertaken) {
      cancel(item, outcome: "replied", detail: "the other has written since")
    }
  }

  private func isOvertaken(_ item: OutboxItem) -> Bool {
    guard item.state == .queued, outbox.activity[item.cid] == nil,
      let since = item.unlessRepliedSince, let conversation = item.recipient.conversationID,
      let last = book[conversation]?.lastReceivedAt
    else { return false }
    return last > since
  }

  /// Whether what is known of the other is new enough to send `item`; else a list is asked for, and
  /// its arrival moves the outbox on.
  mutating func knowsWhetherReplied(_ item: OutboxItem) -> Bool {
    guard item.unlessRepliedSince != nil else { return true }
    let needed = outbox.listNeededSince[item.cid] ?? .zero
    if let last = poll.lastListAtBoot, last >= needed, isListFresh(for: Self.listIsFresh) {
      return true
    }
    askList()
    return false
  }

  /// What a page tells of the other's last message.
  mutating func noteReceived(_ messages: [ServerMessage], in conversation: ConversationID) {
    let me = session.account?.userID
    let newest = messages.lazy.filter { $0.senderID != me }.map(\.createdAt).max()
    if let newest { book.noteReceived(conversation, at: newest) }
  }
}
