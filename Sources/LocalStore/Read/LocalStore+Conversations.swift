package import FonanaCore
import GRDB

extension LocalStore {
  /// Newest first.
  package func conversations(
    unreadOnly: Bool = false, mode: SyncMode
  ) async throws(FonanaError) -> [ConversationRow] {
    try await view(mode: mode) { try $0.conversations(unreadOnly: unreadOnly) }
  }

  package func conversation(
    _ id: ConversationID, mode: SyncMode
  ) async throws(FonanaError) -> ConversationRow? {
    try await view(mode: mode) { try $0.conversation(id) }
  }

  /// The conversation with a user, when there is one. Of several the one with the newest list
  /// entry counts; the server makes one a pair.
  package func conversation(with user: UserID) async throws(FonanaError) -> ConversationID? {
    try await read { try $0.conversation(with: user) }
  }

  package func user(_ id: UserID) async throws(FonanaError) -> UserProfile? {
    try await read { try $0.user(id) }
  }

  package func account() async throws(FonanaError) -> AccountRecord? {
    try await read { try $0.account() }
  }
}

extension StoreView {
  /// Newest first.
  package func conversations(unreadOnly: Bool) throws -> [ConversationRow] {
    var query = ConversationQuery(mode: mode)
    return try query.all(in: db)
      .filter { !unreadOnly || $0.unread > 0 }
      .sorted { $0.order > $1.order }
  }

  package func conversation(_ id: ConversationID) throws -> ConversationRow? {
    var query = ConversationQuery(mode: mode)
    return try query.one(id, in: db)
  }
}

extension ConversationRow {
  fileprivate var order: (Int64, ConversationID) {
    (lastActivity?.milliseconds ?? .min, id)
  }
}

extension Database {
  /// A user of whom only the id is known is one too.
  func profile(_ id: UserID) throws -> UserProfile { try user(id) ?? UserProfile(id: id) }

  func conversation(with user: UserID) throws -> ConversationID? {
    try first(
      """
      SELECT id FROM conversation WHERE participant_id = ?
      ORDER BY presence = 1 DESC, created_at DESC, id LIMIT 1
      """, [user]
    ) { try $0.at(0) as ConversationID }
  }
}
