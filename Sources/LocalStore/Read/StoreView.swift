package import FonanaCore
import GRDB

/// One committed state of the store, for questions that belong together.
///
/// A question of its own costs two changes of threads, and may see a later state than the question
/// before it.
package struct StoreView {
  let db: Database
  /// By whose rule messages count as unread.
  let mode: SyncMode

  init(_ db: Database, mode: SyncMode) {
    self.db = db
    self.mode = mode
  }
}

extension LocalStore {
  package func view<Value: Sendable>(
    mode: SyncMode, _ body: @escaping @Sendable (StoreView) throws -> Value
  ) async throws(FonanaError) -> Value {
    try await read { db in try body(StoreView(db, mode: mode)) }
  }
}

extension StoreView {
  package func account() throws -> AccountRecord? { try db.account() }

  /// As `LocalStore.message`.
  package func message(_ id: MessageID) throws -> MessageRow? {
    try db.message(id).map { try db.row($0, mode: mode) }
  }
}
