package import FonanaCore
import GRDB

extension LocalStore {
  /// An unknown conversation has no messages.
  package func messages(
    _ query: MessageQuery, mode: SyncMode
  ) async throws(FonanaError) -> MessageSlice {
    try await view(mode: mode) { try $0.messages(query) }
  }

  /// Deleted ones too: the mirror keeps them.
  package func message(
    _ id: MessageID, mode: SyncMode
  ) async throws(FonanaError) -> MessageRow? {
    try await view(mode: mode) { try $0.message(id) }
  }

  /// Our own message of that name, once the server has it. Of duplicates the first.
  package func message(
    sentAs cid: ClientID, mode: SyncMode
  ) async throws(FonanaError) -> MessageRow? {
    try await read { db in
      try db.first(
        """
        SELECT \(MirrorMessage.columns) FROM message WHERE cid = ?
        ORDER BY absences >= 2, created_at, id LIMIT 1
        """, [cid], MirrorMessage.init
      ).map { try db.row($0, mode: mode) }
    }
  }
}

extension StoreView {
  /// As `LocalStore.messages`.
  package func messages(_ query: MessageQuery) throws -> MessageSlice {
    guard let record = try db.conversation(query.conversationID) else {
      return MessageSlice(rows: [], more: 0, gaps: [])
    }
    let window = try UnreadWindow(of: record, mode: mode, in: db)
    return try MessageSearch(query, window: window, in: db).slice()
  }
}

extension Database {
  func row(_ message: MirrorMessage, mode: SyncMode) throws -> MessageRow {
    MessageRow(
      message: message, sender: try user(message.senderID),
      isUnread: try isUnread(message, mode: mode))
  }

  /// Most messages are known to be read without a look at their conversation.
  func isUnread(_ message: MirrorMessage, mode: SyncMode) throws -> Bool {
    guard UnreadRule.counts(message, readThrough: nil),
      let record = try conversation(message.conversationID)
    else { return false }
    return try UnreadWindow(of: record, mode: mode, in: self).contains(message)
  }
}
