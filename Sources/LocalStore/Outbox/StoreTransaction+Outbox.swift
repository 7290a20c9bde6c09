import FonanaCore
import GRDB

extension StoreTransaction {
  /// The cid is in the outbox or in the sent log: its present state; else it is added. A store that
  /// was emptied meanwhile takes nothing: it may get another account.
  func enqueue(_ item: OutboxItem) throws {
    _ = try me()
    if let known = try db.outboxItem(item.cid) {
      result.enqueued.append(known.isSameWish(as: item) ? .known(known) : .conflict)
    } else if let sent = try db.sentLogRow(item.cid) {
      let isSame = sent.wish.map { $0 == item.wish } ?? true
      result.enqueued.append(
        isSame ? .sent(sent.cid, sent.messageID, sent.conversationID) : .conflict)
    } else {
      result.enqueued.append(.added(try add(item)))
    }
  }

  private func add(_ item: OutboxItem) throws -> OutboxItem {
    var item = item
    item.sequence = try item.insert(in: db)
    try tell(
      OutboxHistoryEntry(
        at: now, from: nil, to: item.state.rawValue, outcome: "enqueued",
        detail: item.recipient.text),
      of: item)
    return item
  }

  /// An item that has been confirmed or cancelled meanwhile stays gone.
  func update(_ item: OutboxItem, _ entry: OutboxHistoryEntry) throws {
    guard try db.outboxItem(item.cid) != nil else { return }
    try item.update(in: db)
    try tell(entry, of: item)
  }

  func cancel(_ cid: ClientID, _ entry: OutboxHistoryEntry) throws {
    guard let item = try db.outboxItem(cid) else { return }
    try db.run("DELETE FROM outbox WHERE cid = ?", [cid])
    try tell(entry, of: item)
  }

  func tell(_ entry: OutboxHistoryEntry, of item: OutboxItem) throws {
    try db.run(
      """
      INSERT INTO outbox_history (cid, at, from_state, to_state, outcome, detail)
      VALUES (?, ?, ?, ?, ?, ?)
      """, [item.cid, entry.at, entry.from, entry.to, entry.outcome, entry.detail])
    try record(EventDraft(.outboxChanged, cid: item.cid, in: item.recipient.conversationID))
  }
}
