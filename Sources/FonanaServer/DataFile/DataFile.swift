import Synchronization

/// The SQLite file that keeps the world over restarts. Changes are on the disk before the answer
/// that depends on them. One server has the file to itself while it is open.
final class DataFile: Sendable {
  let connection: Mutex<SQLiteConnection>

  /// Opens or makes the file, and refuses one that is locked or holds something else.
  init(path: String) throws(DataFileError) {
    let connection = try SQLiteConnection(path: path)
    try connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try connection.execute("PRAGMA journal_mode = WAL")
    try connection.execute("PRAGMA synchronous = FULL")
    try Self.prepare(connection)
    self.connection = Mutex(connection)
  }

  /// The acts that make the stored world out of an empty one.
  func acts() throws(DataFileError) -> [WorldAct] {
    try connection.withLock { connection throws(DataFileError) in try Self.acts(in: connection) }
  }

  /// All of them or none.
  func save(_ acts: [WorldAct]) throws(DataFileError) {
    try connection.withLock { connection throws(DataFileError) in
      try Self.save(acts, in: connection)
    }
  }

  private static func save(
    _ acts: [WorldAct], in connection: borrowing SQLiteConnection
  ) throws(DataFileError) {
    try connection.execute("BEGIN IMMEDIATE")
    do {
      for act in acts { try save(act, in: connection) }
      try connection.execute("COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  private static func prepare(_ connection: borrowing SQLiteConnection) throws(DataFileError) {
    switch try connection.number("PRAGMA user_version") {
    case schemaVersion: return
    case 0 where try connection.number("SELECT count(*) FROM sqlite_schema") == 0: break
    default: throw connection.problem("it holds something else than a world of this version")
    }
    try connection.execute("BEGIN IMMEDIATE")
    for statement in schema { try connection.execute(statement) }
    try connection.execute("PRAGMA user_version = \(schemaVersion)")
    try connection.execute("COMMIT")
  }
}
