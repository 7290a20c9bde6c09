import FonanaCore

/// What pages and lists say of messages on their way, whoever asked for them.
extension EngineCore {
  /// Our mark in any page confirms, whoever asked for the page. Only our own rows count: the other
  /// party can copy a mark.
  mutating func settleFromPage(_ page: MessagePage, _ conversation: ConversationID) {
    guard let me = session.account?.userID else { return }
    let ours = page.messages.filter { $0.senderID == me && isWaited(for: $0, conversation) }
    // Of two rows of a message the one counts that says what it says now.
    for row in ours where !isOlder(row) { found(row) }
    for row in ours where isOlder(row) { found(row) }
  }

  /// Also one that was never tried here: another store that holds it may have sent it.
  private func isWaited(for row: ServerMessage, _ conversation: ConversationID) -> Bool {
    row.cid.flatMap { outbox.items[$0] }?.recipient.conversationID == conversation
  }

  /// A person has changed the text since `row` was sent. One that nobody has changed may stand at the
  /// server otherwise than it was typed; what comes from a backup can't be edited before it was
  /// looked for, but may have been tried and then edited before the backup.
  private func isOlder(_ row: ServerMessage) -> Bool {
    guard let cid = row.cid, outbox.edited.contains(cid), let item = outbox.items[cid],
      !item.isRestored || item.attempts > 0, let text = item.content, let sent = row.content
    else { return false }
    return text.trimmed != sent.trimmed
  }

  private mutating func found(_ row: ServerMessage) {
    guard let cid = row.cid, let item = outbox.items[cid] else { return }
    if outbox.activity[cid] != .settling { turn.log(.info, .itemFound, "\(cid)") }
    if outbox.activity[cid] == .changing {  // what it says is known once that is on disk
      outbox.shownMeanwhile[cid] = outbox.shownMeanwhile[cid] ?? row
    } else {
      settle(item, row)
    }
  }

  /// `row` is ours, and has the item's mark. Nothing can be edited while it is on its way or in
  /// doubt, but it may have been before: then the edited text is on its way itself.
  mutating func settle(_ item: OutboxItem, _ row: ServerMessage) {
    guard isOlder(row) else { return confirm(item, row) }
    let mayBeThere = item.state == .quarantine || outbox.activity[item.cid] == .posting
    confirm(item, row, asItWas: mayBeThere ? Self.wasSentAndIsInDoubt : Self.wasSent)
  }

  /// An older text has arrived after all, so the edited one becomes a message of its own, and a
  /// person says whether it is still wanted.
  private mutating func confirm(
    _ item: OutboxItem, _ row: ServerMessage, asItWas reason: (ClientID) -> FonanaError
  ) {
    guard outbox.activity[item.cid] != .settling else { return }
    outbox.activity[item.cid] = .settling
    let cid = turn.newClientID()
    let rest = OutboxItem(
      cid: cid, recipient: item.recipient, content: item.content,
      price: item.price, metadata: item.metadata, state: .parked, queuedAt: item.queuedAt,
      reason: reason(cid))
    turn.emit(.cancelTimer(.outbox(item.cid)))
    turn.log(.warning, .itemSent, "\(item.cid), before its edit; the edited text is \(rest.cid)")
    commit(
      [.confirm(item.cid, row, at: turn.now.wall), .enqueue(rest)], then: .superseded(item.cid))
  }

  private static func wasSent(_ rest: ClientID) -> FonanaError {
    FonanaError(
      .conflict, "The message was sent as it was before it was edited.",
      hint: "“fonana outbox retry \(rest)” sends the edited text too, “cancel” drops it.")
  }

  /// The edited text was on its way itself.
  private static func wasSentAndIsInDoubt(_ rest: ClientID) -> FonanaError {
    FonanaError(
      .ambiguousDelivery,
      "The message was sent as it was before it was edited. The edited text may be there as well.",
      hint:
        "Look into the conversation, then “fonana outbox retry \(rest)” sends it, “cancel” drops it.",
      retryable: false)
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

extension String {
  /// As a server may store it.
  fileprivate var trimmed: Substring {
    let rest = drop(while: \.isWhitespace)
    return rest.lastIndex { !$0.isWhitespace }.map { rest[...$0] } ?? ""
  }
}
