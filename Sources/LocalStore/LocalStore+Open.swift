package import FonanaCore
import Foundation
import GRDB

extension LocalStore {
  /// Opens the file, or makes it (mode 0600), and brings its schema up to date, after a copy of
  /// it was made (see `StoreCopy`). Blocks.
  ///
  /// `checking` reads every page first. Throws `storeUnwritable` (also for a file of a newer
  /// program, which is not touched), `storeDamaged`, or `badConfiguration` for an SQLite library
  /// that will not do.
  package static func open(
    path: String, checking: Bool = false
  ) throws(FonanaError) -> LocalStore {
    try open(path: path, checking: checking, limits: StoreLimits())
  }

  static func open(
    path: String, checking: Bool, limits: StoreLimits, syncing: SyncLevel = .full
  ) throws(FonanaError) -> LocalStore {
    do {
      if try StoreFile(path).existsOrIsMade() { try inspect(path, checking: checking) }
      let pool = try connect(to: path, syncing: syncing)
      try StoreSchema.migrator.migrate(pool)
      let store = LocalStore(path: path, pool: pool, limits: limits, syncing: syncing)
      store.tryToRemoveTracesLeft()
      return store
    } catch {
      throw FonanaError(store: error)
    }
  }

  static func connect(to path: String, syncing: SyncLevel) throws -> DatabasePool {
    let pool = try DatabasePool(path: path, configuration: configuration)
    try pool.writeWithoutTransaction { try setUpWriter($0, syncing: syncing) }
    return pool
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "fonana.store"
    configuration.maximumReaderCount = 2
    // Nobody else opens the file; a short wait covers a backup tool that looks at it.
    configuration.busyMode = .timeout(2)
    // Nothing of the mirror may reach a temporary file.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA temp_store = MEMORY") }
    return configuration
  }

  /// Looks at an existing file on a connection that can't write, and copies it when it is of an
  /// older schema.
  private static func inspect(_ path: String, checking: Bool) throws {
    do {
      try inspect(path, checking: checking, isReadOnly: true)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
      // The program died while it made the file: SQLite has to take that back, which is a write.
      try inspect(path, checking: checking, isReadOnly: false)
    }
  }

  private static func inspect(_ path: String, checking: Bool, isReadOnly: Bool) throws {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    let file = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? file.close() }
    let version = try file.inDatabase { db in
      try StoreSchema.refuseNewer(db)
      if checking { try StoreSchema.requireSoundPages(db) }
      return try StoreSchema.version(of: db)
    }
    guard version > 0, version < StoreSchema.version else { return }
    try StoreCopy.make(of: path, from: file, schema: version)
  }

  /// Not in `prepareDatabase`: the pool sets `synchronous` to NORMAL after that.
  private static func setUpWriter(_ db: Database, syncing: SyncLevel) throws {
    try db.execute(sql: "PRAGMA synchronous = \(syncing.rawValue)")
    try db.execute(sql: "PRAGMA journal_size_limit = \(16 << 20)")
    try StoreSchema.requireFullTextSearch(db)
  }

  /// Folds the write-ahead log into the file and closes it. Waits for work under way; later calls
  /// are refused. Blocks.
  package func close() throws(FonanaError) {
    writes.close()
    do {
      try pool.barrierWriteWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      // The last connection removes the log, which a reader may not.
      pool.invalidateReadOnlyConnections()
      try pool.close()
    } catch {
      throw FonanaError(store: error)
    }
  }

  /// Folds the write-ahead log into the file, as far as readers allow it.
  package func checkpoint() async throws(FonanaError) {
    guard !writes.isClosed else { throw .storeClosed }
    let outcome: Result<Void, FonanaError> = await withCheckedContinuation { continuation in
      pool.asyncWriteWithoutTransaction { db in
        let result = Result { _ = try db.checkpoint(.passive) }
        continuation.resume(returning: result.mapError(FonanaError.init(store:)))
      }
    }
    try outcome.get()
  }
}
