package import FonanaCore
import GRDB

extension LocalStore {
  /// Empties the store so that no byte of its content is left in any of its files, the copies of
  /// earlier schemas among them.
  ///
  /// With `unlessMessagesWait` it is refused as `.conflict` while something waits in the outbox.
  /// `keepingOutbox` keeps what was not sent, its story, the account it belongs to, and damaged
  /// stores that were set aside, which may hold more of the outbox.
  package func purge(
    keepingOutbox: Bool = false, unlessMessagesWait: Bool = false
  ) async throws(FonanaError) {
    guard !writes.isClosed else { throw .storeClosed }
    let outcome: Result<Void, FonanaError> = await withCheckedContinuation { continuation in
      pool.asyncBarrierWriteWithoutTransaction { connection in
        let result = Result {
          let db = try connection.get()
          try self.withoutTrace(in: db, keepingOutbox ? .inCopies : .inRescuesToo) {
            guard try !unlessMessagesWait || db.outboxItems().isEmpty else {
              throw Self.messagesWait
            }
            try db.erase(keepingOutbox: keepingOutbox)
          }
        }
        continuation.resume(returning: result.mapError(FonanaError.init(store:)))
      }
    }
    try outcome.get()
  }

  private static let messagesWait = FonanaError(
    .conflict, "Messages in the outbox would be lost.",
    hint: "Look at “fonana outbox”, or add --discard-outbox.")
}

extension LocalStore {
  /// They hold what a person wants to be gone.
  func removeCopies(withRescues: Bool) throws(FonanaError) {
    do {
      try StoreCopy.removeAll(of: path)
      try RestoreWork.removeReplaced(of: path)
      if withRescues { try StoreRescue.removeAll(of: path) }
    } catch {
      throw FonanaError(
        .storeUnwritable, "A copy of the store could not be removed (\(error)).",
        hint: "Remove what stands beside \(path).")
    }
  }
}

extension Database {
  private static let mirrorTables = [
    "message", "gap", "unreadable", "conversation", "user", "notification", "event", "watcher",
    "setting", "counter", "sent_log", "duplicate",
  ]
  private static let outboxTables = ["outbox", "outbox_history", "account"]

  fileprivate func erase(keepingOutbox: Bool) throws {
    for table in Self.mirrorTables { try execute(sql: "DELETE FROM \(table)") }
    if keepingOutbox {
      try execute(
        sql: "DELETE FROM outbox_history WHERE cid NOT IN (SELECT cid FROM outbox)")
    } else {
      for table in Self.outboxTables { try execute(sql: "DELETE FROM \(table)") }
    }
  }
}
