import FonanaCore

/// Messages on their way.
extension MemoryStore {
  mutating func enqueue(_ wanted: OutboxItem) -> EnqueueResult {
    if let known = item(wanted.cid) {
      return known.isSameWish(as: wanted) ? .known(known) : .conflict
    }
    if let sent = sentLog[wanted.cid] {
      let isSame = sent.item?.isSameWish(as: wanted) ?? true
      return isSame ? .sent(wanted.cid, sent.messageID, sent.conversationID) : .conflict
    }
    var item = wanted
    lastSequence += 1
    item.sequence = lastSequence
    outbox.append(item)
    return .added(item)
  }

  mutating func update(_ item: OutboxItem) {
    guard let index = outbox.firstIndex(where: { $0.cid == item.cid }) else { return }
    let sequence = outbox[index].sequence
    outbox[index] = item
    outbox[index].sequence = sequence
  }

  /// Whether it was there.
  mutating func remove(_ cid: ClientID) -> Bool {
    guard let index = outbox.firstIndex(where: { $0.cid == cid }) else { return false }
    outbox.remove(at: index)
    return true
  }

  mutating func confirm(_ cid: ClientID, _ message: ServerMessage) {
    if let sent = sentLog[cid], sent.messageID != message.id {
      duplicates.insert(message.id)
      return
    }
    let item = item(cid)
    ensure(message.conversationID, with: item?.recipient.userID)
    let row = MirrorMessage(
      confirmed: message, as: cid, item: item, me: me, known: self.message(message.id))
    save(row)
    if sentLog[cid] == nil {
      sentLog[cid] = Sent(messageID: row.id, conversationID: row.conversationID, item: item)
    }
    noteEarlierCopies(of: row, cid)
    _ = remove(cid)
  }

  /// A page has shown another row of it before, which did not settle it.
  private mutating func noteEarlierCopies(of row: MirrorMessage, _ cid: ClientID) {
    guard !duplicates.contains(row.id) else { return }
    let others = (ownRows[cid] ?? []).map { messages[$0] }.filter {
      $0.id != row.id && $0.conversationID == row.conversationID
    }
    duplicates.formUnion(others.map(\.id))
  }
}
