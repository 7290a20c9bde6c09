package import FonanaCore
import GRDB

extension LocalStore {
  /// In enqueue order, but heads that block their conversation come first.
  package func outboxItems() async throws(FonanaError) -> [OutboxRow] {
    try await read { try $0.outboxRows() }
  }

  package func outboxItems(
    in id: ConversationID
  ) async throws(FonanaError) -> [OutboxItem] {
    try await read { try $0.outboxItems(in: id) }
  }

  package func outboxItem(_ cid: ClientID) async throws(FonanaError) -> OutboxItem? {
    try await read { try $0.outboxItem(cid) }
  }

  /// Kept for a week after the item has left the outbox.
  package func story(of cid: ClientID) async throws(FonanaError) -> OutboxStory {
    try await read { db in
      let sent = try db.sentLogRow(cid).map { SentEntry($0) }
      return OutboxStory(
        item: try db.outboxItem(cid), sent: sent,
        message: try sent.flatMap { try db.message($0.messageID) },
        history: try db.history(of: cid))
    }
  }

  package func history(of cid: ClientID) async throws(FonanaError) -> [OutboxHistoryEntry] {
    try await read { try $0.history(of: cid) }
  }

  /// Kept for a week.
  package func sentEntry(_ cid: ClientID) async throws(FonanaError) -> SentEntry? {
    try await read { db in
      try db.sentLogRow(cid).map { SentEntry($0) }
    }
  }
}

extension StoreView {
  /// As `LocalStore.outboxItems`.
  package func outboxRows() throws -> [OutboxRow] { try db.outboxRows() }

  /// Own messages of a conversation that the server does not have yet, in enqueue order.
  package func outboxItems(in id: ConversationID) throws -> [OutboxItem] {
    try db.outboxItems(in: id)
  }
}

extension SentEntry {
  fileprivate init(_ row: SentLogRow) {
    self.init(
      cid: row.cid, messageID: row.messageID, conversationID: row.conversationID, at: row.at)
  }
}

extension Database {
  fileprivate func history(of cid: ClientID) throws -> [OutboxHistoryEntry] {
    try all(
      """
      SELECT at, from_state, to_state, outcome, detail FROM outbox_history
      WHERE cid = ? ORDER BY row
      """, [cid]
    ) { row in
      try OutboxHistoryEntry(
        at: row.at(0), from: row.at(1), to: row.at(2), outcome: row.at(3), detail: row.at(4))
    }
  }

  fileprivate func outboxRows() throws -> [OutboxRow] {
    let rows = try rowsInOrder()
    return rows.filter(\.isBlockingHead) + rows.filter { !$0.isBlockingHead }
  }

  fileprivate func outboxItems(in id: ConversationID) throws -> [OutboxItem] {
    let participant = try conversation(id)?.participantID
    return try outboxItems().filter { item in
      item.recipient.conversationID.map { $0 == id }
        ?? item.recipient.userID.map { $0 == participant } ?? false
    }
  }

  private func rowsInOrder() throws -> [OutboxRow] {
    var rows: [OutboxRow] = []
    /// Of each lane the place of the item that all of it waits for.
    var blockers: [OutboxLane: Int] = [:]
    for item in try outboxItems() {
      var row = OutboxRow(item: item, isBlockingHead: false)
      row.conversationID = try conversation(of: item)
      rows.append(row)
      if let blocker = blockers[item.lane] {
        rows[blocker].holdsBack(row)
      } else if let older = rows.firstIndex(where: { item.mustFollow($0.item) }) {
        // Whoever keeps a name from being looked up keeps those back that wait for it.
        let blocker = rows[older].item.needsPerson ? older : blockers[.unresolved] ?? older
        blockers[item.lane] = blocker
        rows[blocker].holdsBack(row)
      } else if !item.isSkipped {
        blockers[item.lane] = rows.count - 1
        rows[rows.count - 1].isBlockingHead = item.needsPerson
      }
    }
    return rows
  }

  /// Where it goes, also when only the mirror knows that.
  private func conversation(of item: OutboxItem) throws -> ConversationID? {
    try item.recipient.conversationID ?? item.recipient.userID.flatMap(conversation(with:))
  }
}

extension OutboxRow {
  fileprivate mutating func holdsBack(_ other: OutboxRow) {
    guard item.needsPerson else { return }
    isBlockingHead = true
    waiting += 1
    if let id = other.conversationID { blockedConversations.insert(id) }
  }
}
