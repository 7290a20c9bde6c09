import FonanaCore
import GRDB

extension StoreTransaction {
  /// A late or repeated answer for what is confirmed already changes nothing; one with another
  /// message is a duplicate.
  func confirm(_ cid: ClientID, _ message: ServerMessage, at: Timestamp) throws {
    if let sent = try db.sentLogRow(cid), sent.messageID != message.id {
      return try noteDuplicate(cid, message.id)
    }
    let item = try db.outboxItem(cid)
    let known = try db.message(message.id)
    let row = MirrorMessage(confirmed: message, as: cid, item: item, me: try me(), known: known)
    try touch(row.conversationID)
    try message.sender.map(note)
    try ensureConversation(row.conversationID, with: item?.recipient.userID)
    if row != known { try row.save(in: db) }
    try log(cid, row, at: at, wish: item?.wish)
    try noteEarlierCopies(of: row, cid)
    // A page that held our cid kept silent; one that did not know it as ours has told already.
    if known?.isComplete != true || (item != nil && known?.cid == cid) {
      try record(EventDraft(.messageSent, message: row, isBacklog: false))
    }
    try item.map { try remove($0, confirmedAs: row, at: at) }
  }

  private func log(_ cid: ClientID, _ row: MirrorMessage, at: Timestamp, wish: Int64?) throws {
    try db.run(
      "INSERT OR IGNORE INTO sent_log VALUES (?, ?, ?, ?, ?)",
      [cid, row.id, row.conversationID, at, wish])
  }

  private func remove(
    _ item: OutboxItem, confirmedAs row: MirrorMessage, at: Timestamp
  ) throws {
    var item = item
    item.recipient.conversationID = row.conversationID
    try db.run("DELETE FROM outbox WHERE cid = ?", [item.cid])
    let detail = "message \(row.id)"
    try tell(
      OutboxHistoryEntry(
        at: at, from: item.state, to: "sent", outcome: "accepted", detail: detail), of: item)
  }

  /// A page has shown another row of it before, which did not settle it.
  private func noteEarlierCopies(of row: MirrorMessage, _ cid: ClientID) throws {
    let counted = try db.first(
      "SELECT message_id FROM duplicate WHERE cid = ? AND message_id = ?", [cid, row.id]
    ) { try $0.at(0) as MessageID }
    guard counted == nil else { return }
    let others = try db.all(
      "SELECT id FROM message WHERE cid = ? AND conversation_id = ? AND id <> ?",
      [cid, row.conversationID, row.id]
    ) { try $0.at(0) as MessageID }
    for id in others { try noteDuplicate(cid, id) }
  }

  /// Called for each own row of a page that carries a cid.
  func noteSecondCopy(_ row: MirrorMessage, of cid: ClientID) throws {
    let sent = try db.sentLogRow(cid)?.messageID
    let first =
      try sent
      ?? db.first(
        """
        SELECT id FROM message WHERE cid = ? AND conversation_id = ? AND id <> ?
        ORDER BY created_at, id LIMIT 1
        """, [cid, row.conversationID, row.id]
      ) { try $0.at(0) as MessageID }
    guard let first, first != row.id else { return }
    try noteDuplicate(cid, row.id)
  }

  /// Counts each second row once, whoever saw it.
  func noteDuplicate(_ cid: ClientID, _ id: MessageID) throws {
    if try db.sentLogRow(cid)?.messageID == id { return }
    try db.run("INSERT OR IGNORE INTO duplicate VALUES (?, ?)", [cid, id])
    if db.changesCount > 0 { try count(.duplicatesSeen) }
  }
}
