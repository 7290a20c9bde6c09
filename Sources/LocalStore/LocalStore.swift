package import FonanaCore
import GRDB
import Synchronization

/// The profile's SQLite file: the mirror of the server, the outbox, events and their cursors.
///
/// The daemon is the only process that opens it (a lock beside the file sees to that). Writes go
/// through one connection in the order in which they were asked for, see `CommitQueue`; reads use
/// two others, see a whole committed state each, and never wait for the writer. The rules are
/// those of `FonanaCore/Mirror`; this target applies them inside its transactions. What it keeps
/// outside of the database is behind locks, so it can be used from anywhere.
package final class LocalStore: Sendable {
  package let path: String
  let writes: CommitQueue
  let limits: StoreLimits
  let commits = CommitCounter()
  let knownStatistics = Mutex<KnownStatistics?>(nil)
  private let connections: ConnectionHolder

  init(
    path: String, pool: DatabasePool, limits: StoreLimits, syncing: SyncLevel = .full
  ) {
    self.path = path
    self.limits = limits
    let connections = ConnectionHolder(
      path: path, pool, syncing: syncing, observer: commits)
    self.connections = connections
    writes = CommitQueue(connections)
  }

  var pool: DatabasePool { connections.pool }

  /// How often the database was opened anew after an error of the disk, since the last call.
  package func takeReopenings() -> Int { connections.takeReopenings() }

  /// Performs all acts in one transaction, or none; durable when it returns. It is not ended by
  /// the cancellation of the caller. Acts that arrive together may share a transaction: a call
  /// that fails does not touch the others.
  package func perform(
    _ acts: [StoreAct], at now: Timestamp
  ) async throws(FonanaError) -> StoreResult {
    try await writes.run { db in try self.performing(acts, at: now, in: db) }
  }

  /// Each as one call of `perform`, in that order, but with as few syncs of the disk as can be.
  package func perform(
    _ transactions: [[StoreAct]], at now: Timestamp
  ) async -> [Result<StoreResult, FonanaError>] {
    await writes.run(
      all: transactions.map { acts in { db in try self.performing(acts, at: now, in: db) } })
  }

  func performing(_ acts: [StoreAct], at now: Timestamp, in db: Database) throws -> StoreResult {
    let transaction = StoreTransaction(db, at: now, limits: limits)
    for act in acts { try transaction.perform(act) }
    return try transaction.finish()
  }

  /// A read of one committed state.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(FonanaError) -> Value {
    let outcome: Result<Value, FonanaError> = await withCheckedContinuation { continuation in
      pool.asyncRead { connection in
        let result = Result { try body(connection.get()) }
        continuation.resume(returning: result.mapError(FonanaError.init(store:)))
      }
    }
    return try outcome.get()
  }
}
