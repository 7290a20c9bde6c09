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

  /// The story of an item, oldest first; kept for a week after the item has left the outbox.
  package func history(of cid: ClientID) async throws(FonanaError) -> [OutboxHistoryEntry] {
    try await read { db in
      try db.all(
        """
        SELECT at, from_state, to_state, outcome, detail FROM outbox_history
        WHERE cid = ? ORDER BY row
        """, [cid]
      ) { row in
        try OutboxHistoryEntry(
          at: row.at(0), from: row.at(1), to: row.at(2), outcome: row.at(3), detail: row.at(4))
      }
    }
  }

  /// Kept for a week.
  package func sentEntry(_ cid: ClientID) async throws(FonanaError) -> SentEntry? {
    try await read { db in
      try db.sentLogRow(cid).map { row in
        SentEntry(
          cid: row.cid, messageID: row.messageID, conversationID: row.conversationID, at: row.at)
      }
    }
  }
}

extension Database {
  fileprivate func outboxRows() throws -> [OutboxRow] {
    var queues: Set<String> = []
    return try outboxItems().map { item in
      let isHead = try !item.isSkipped && queues.insert(queue(of: item)).inserted
      return OutboxRow(
        item: item, isBlockingHead: isHead && (item.state == .parked || item.state == .held))
    }
  }

  /// What an item waits in: its conversation, or the one queue of all unresolved names.
  private func queue(of item: OutboxItem) throws -> String {
    if let id = item.recipient.conversationID { return "conversation \(id)" }
    guard let user = item.recipient.userID else { return "unresolved" }
    return try conversation(with: user).map { "conversation \($0)" } ?? "user \(user)"
  }
}
