package import FonanaCore
import GRDB

/// For callers that are no tasks: the simulator, whose world has one thread. All of these block.
extension LocalStore {
  /// As `perform`, on the caller's thread and in a transaction of its own.
  package func performNow(
    _ acts: [StoreAct], at now: Timestamp
  ) throws(FonanaError) -> StoreResult {
    guard !writes.isClosed else { throw .storeClosed }
    do {
      var result = StoreResult()
      try pool.writeInTransaction(.immediate) { db in
        result = try performing(acts, at: now, in: db)
        return .commit
      }
      return result
    } catch {
      throw FonanaError(store: error)
    }
  }

  package func snapshotNow() throws(FonanaError) -> StoreSnapshot {
    do { return try pool.read { try $0.snapshot() } } catch { throw FonanaError(store: error) }
  }

  /// Every row of the conversation's mirror, deleted ones too, in its order.
  package func messagesNow(
    in id: ConversationID
  ) throws(FonanaError) -> [MirrorMessage] {
    do {
      return try pool.read { db in
        try db.all(
          """
          SELECT \(MirrorMessage.columns) FROM message WHERE conversation_id = ?
          ORDER BY created_at, id
          """, [id], MirrorMessage.init)
      }
    } catch {
      throw FonanaError(store: error)
    }
  }

  /// The first finding of `PRAGMA integrity_check`; nil when every page and index is sound.
  package func firstFlaw() throws(FonanaError) -> String? {
    do {
      return try pool.read { db in
        try String.fetchOne(db, sql: "PRAGMA integrity_check(1)").flatMap { $0 == "ok" ? nil : $0 }
      }
    } catch {
      throw FonanaError(store: error)
    }
  }
}
