import FonanaCore
import GRDB
import Synchronization

/// The connections of the store, which are replaced when the disk has failed.
///
/// After a failed sync nobody knows which pages have reached the disk, and the system may call the
/// same pages clean: what SQLite has in memory is not built upon. New connections read the files
/// again, and what failed is written again by whoever wanted it.
final class ConnectionHolder: Sendable {
  private struct State {
    var pool: DatabasePool
    var reopenings = 0
  }

  private let path: String
  private let syncing: SyncLevel
  private let observer: CommitCounter
  private let state: Mutex<State>

  init(path: String, _ pool: DatabasePool, syncing: SyncLevel, observer: CommitCounter) {
    self.path = path
    self.syncing = syncing
    self.observer = observer
    state = Mutex(State(pool: pool))
    pool.add(transactionObserver: observer)
  }

  var pool: DatabasePool { state.withLock { $0.pool } }

  func takeReopenings() -> Int {
    state.withLock { state in
      defer { state.reopenings = 0 }
      return state.reopenings
    }
  }

  /// Whether nothing in memory can be trusted after `error`. A full disk is no such case.
  static func isDistrusted(after error: any Error) -> Bool {
    (error as? DatabaseError)?.resultCode == .SQLITE_IOERR
  }

  /// Readers under way keep the old connections until they are done. When the disk does not even
  /// let it be opened, the old ones stay, and the next failure tries again. Blocks; only from the
  /// writer `db`.
  func reopen(after db: Database) {
    guard let pool = try? LocalStore.connect(to: path, syncing: syncing) else {
      return Self.bury(in: db)
    }
    pool.add(transactionObserver: observer)
    pool.writeWithoutTransaction(Self.bury)
    observer.noteReopening()
    state.withLock { state in
      state.pool = pool
      state.reopenings += 1
    }
  }

  /// What a failed sync has left in the log may be whole, and would be taken for committed at the
  /// next start: a message that was refused would be sent after all. The next transaction is
  /// written over it, whether its own sync fails or not.
  private static func bury(in db: Database) {
    try? db.inTransaction(.immediate) {
      try db.run(
        """
        INSERT INTO counter VALUES ('failed_syncs', 1)
        ON CONFLICT (name) DO UPDATE SET value = value + 1
        """)
      return .commit
    }
  }
}
