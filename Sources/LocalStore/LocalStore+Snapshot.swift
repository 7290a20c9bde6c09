package import FonanaCore
import GRDB

extension LocalStore {
  /// All that the engine needs at its start, of one committed state.
  package func snapshot() async throws(FonanaError) -> StoreSnapshot {
    try await read { try $0.snapshot() }
  }
}

extension Database {
  func snapshot() throws -> StoreSnapshot {
    StoreSnapshot(
      account: try account(),
      generation: try setting(.generation).flatMap(ServerGeneration.init(rawValue:)),
      isEchoing: try setting(.isEchoing) != "0",
      lastListAt: try time(.lastListAt), lastPullAt: try time(.lastPullAt),
      unreadNotifications: try setting(.unreadNotifications).flatMap(Int.init),
      forgottenBefore: try time(.forgottenBefore),
      conversations: try conversationStates(), outbox: try outboxItems(), edited: try editedItems(),
      recipients: try recipients())
  }

  private func recipients() throws -> [UserProfile] {
    try all(
      """
      SELECT DISTINCT user_id, wallet, nickname FROM outbox LEFT JOIN user ON user.id = user_id
      WHERE user_id IS NOT NULL ORDER BY user_id
      """, []
    ) { try UserProfile(id: $0.at(0), wallet: $0.at(1), nickname: $0.at(2)) }
  }

  /// By their stories.
  private func editedItems() throws -> [ClientID] {
    try all(
      """
      SELECT DISTINCT outbox.cid FROM outbox JOIN outbox_history USING (cid)
      WHERE outcome = 'edited' ORDER BY outbox.cid
      """, []
    ) { try $0.at(0) as ClientID }
  }

  func time(_ name: Setting) throws -> Timestamp? {
    try setting(name).flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))
  }

  fileprivate func conversationStates() throws -> [ConversationState] {
    let records = try all(
      "SELECT \(ConversationRecord.columns) FROM conversation ORDER BY id", [],
      ConversationRecord.init)
    let checks = Dictionary(
      uniqueKeysWithValues: try all(
        "SELECT id, deep_checked_at FROM conversation", []
      ) { row in try (row.at(0) as ConversationID, row.at(1) as Timestamp?) })
    let received = try newestOfOthers()
    return try records.map { record in
      ConversationState(
        id: record.id, participantID: record.participantID,
        coverage: try coverage(of: record), lastMessageID: record.lastMessageID,
        listUnread: record.listUnread, readThrough: record.readThrough,
        isGone: record.presence == .gone, deepCheckedAt: checks[record.id] ?? nil,
        lastReceivedAt: received[record.id])
    }
  }

  /// Of each conversation. The date of a notification is not the message's own.
  private func newestOfOthers() throws -> [ConversationID: Timestamp] {
    let rows = try all(
      """
      SELECT id, (
        SELECT created_at FROM message
        WHERE conversation_id = conversation.id AND is_own = 0
          AND (is_complete = 1 OR text_source >= \(TextSource.list.rawValue))
        ORDER BY created_at DESC LIMIT 1
      ) FROM conversation
      """, []
    ) { row in try (row.at(0) as ConversationID, row.at(1) as Timestamp?) }
    return Dictionary(uniqueKeysWithValues: rows).compactMapValues { $0 }
  }
}
