package import FonanaCore
import GRDB

extension LocalStore {
  /// In enqueue order, but heads that block their conversation come first.
  package func outboxItems() async throws(FonanaError) -> [OutboxRow] {
    try await read { db in
      let rows = try db.outboxRows()
      return rows.filter(\.isBlockingHead) + rows.filter { !$0.isBlockingHead }
    }
  }

  /// Own messages of a conversation that the server does not have yet, in enqueue order.
  package func outboxItems(
    in id: ConversationID
  ) async throws(FonanaError) -> [OutboxItem] {
    try await read { db in
      let participant = try db.conversation(id)?.participantID
      return try db.outboxItems().filter { item in
        item.recipient.conversationID.map { $0 == id }
          ?? item.recipient.userID.map { $0 == participant } ?? false
      }
    }
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

private enum Queue: Hashable {
  case conversation(ConversationID)
  case user(UserID)
  case unresolved
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
    var heads: [Queue: Int] = [:]
    var rows: [OutboxRow] = []
    for item in try outboxItems() {
      let queue = try queue(of: item)
      var row = OutboxRow(item: item, isBlockingHead: false)
      if case .conversation(let id) = queue { row.conversationID = id }
      if let head = heads[queue] {
        if rows[head].isBlockingHead { rows[head].waiting += 1 }
      } else if !item.isSkipped {
        heads[queue] = rows.count
        row.isBlockingHead = item.state == .parked || item.state == .held
      }
      rows.append(row)
    }
    return rows
  }

  /// What an item waits in: its conversation, or the one queue of all unresolved names.
  private func queue(of item: OutboxItem) throws -> Queue {
    if let id = item.recipient.conversationID { return .conversation(id) }
    guard let user = item.recipient.userID else { return .unresolved }
    return try conversation(with: user).map { .conversation($0) } ?? .user(user)
  }
}
