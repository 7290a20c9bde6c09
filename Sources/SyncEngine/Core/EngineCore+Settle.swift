import FonanaCore

/// What pages and lists say of messages on their way, whoever asked for them.
extension EngineCore {
  /// Our mark in any page confirms, whoever asked for the page. Only our own rows count: the other
  /// party can copy a mark.
  mutating func settleFromPage(_ page: MessagePage, _ conversation: ConversationID) {
    guard let me = session.account?.userID else { return }
    for message in page.messages where message.senderID == me {
      guard let cid = message.cid, let item = outbox.items[cid],
        item.recipient.conversationID == conversation, item.attempts > 0 || item.isRestored
      else { continue }
      if outbox.activity[cid] != .settling { turn.log(.info, .itemFound, "\(cid)") }
      if item.isRewritten(since: message) {
        confirmAsItWas(item, message)
      } else {
        confirm(item, message)
      }
    }
  }

  /// An older text has arrived after all, so the edited one becomes a message of its own, and a
  /// person says whether it is still wanted.
  private mutating func confirmAsItWas(_ item: OutboxItem, _ message: ServerMessage) {
    guard outbox.activity[item.cid] != .settling else { return }
    outbox.activity[item.cid] = .settling
    let rest = OutboxItem(
      cid: turn.newClientID(), recipient: item.recipient, content: item.content,
      price: item.price, metadata: item.metadata, state: .parked, queuedAt: item.queuedAt,
      reason: FonanaError(
        .conflict, "The message was sent as it was before it was edited.",
        hint: "“fonana outbox retry” sends the edited text too, “cancel” drops it."))
    turn.log(.warning, .itemSent, "\(item.cid), before its edit; the edited text is \(rest.cid)")
    commit(
      [.confirm(item.cid, message, at: turn.now.wall), .enqueue(rest)], then: .superseded(item.cid))
  }

  /// A last message that looks like an uncertain one is looked at at once. It proves nothing.
  mutating func settleFromList(_ list: [ListedConversation]) {
    guard let me = session.account?.userID else { return }
    for listed in list where listed.unread == 0 {
      guard let last = listed.last, last.senderID == me, outbox.reconciles[listed.id] == nil else {
        continue
      }
      let looksSent = outbox.uncertain(in: listed.id).contains { item in
        let isNewer = item.doubt?.fence.map { last.createdAt > $0 } ?? true
        return isNewer && item.content != nil && item.content == last.content
          && (outbox.notBefore[item.cid] ?? .zero) > turn.now.boot
      }
      guard looksSent, outbox.lookedEarly.insert(last.id).inserted else { continue }
      startReconcile(listed.id, isEarly: true)
    }
  }
}

extension OutboxItem {
  /// A person has changed the text since this row was sent. Nothing can be edited while a POST is on
  /// its way or in doubt, nor what comes from a backup.
  fileprivate func isRewritten(since row: ServerMessage) -> Bool {
    guard let sent = row.content, let content, !isRestored, state != .intent, state != .quarantine
    else { return false }
    return content.trimmed != sent.trimmed
  }
}

extension String {
  /// As a server may store it.
  fileprivate var trimmed: Substring {
    let rest = drop(while: \.isWhitespace)
    return rest.lastIndex { !$0.isWhitespace }.map { rest[...$0] } ?? ""
  }
}
