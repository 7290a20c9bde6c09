import FonanaCore
import GRDB

/// How what a person wants to be gone leaves every file.
///
/// The rows go in one transaction, which also writes down that traces are left. These are in freed
/// pages, in the full-text index, in the log and in copies; removing them takes more steps, each of
/// which can be cut short by a full disk or a kill. The mark goes last, so that whoever opens the
/// store, or forgets again, goes on with it.
extension LocalStore {
  /// Which folders beside the store go too; the value of the mark.
  enum TracesLeft: String {
    case inCopies = "copies"
    /// Damaged stores that were set aside among them.
    case inRescuesToo = "rescues"
  }

  /// What `work` deletes, in one transaction, is in no file when this returns. When it throws an
  /// error about traces, the transaction is done and the rest will be, see `removeTracesLeft`.
  func withoutTrace(
    in db: Database, _ traces: TracesLeft, _ work: () throws -> Void
  ) throws {
    try db.execute(sql: "PRAGMA secure_delete = ON")
    defer { try? db.execute(sql: "PRAGMA secure_delete = OFF") }
    try db.inTransaction(.immediate) {
      try work()
      try db.run(
        "INSERT OR REPLACE INTO setting VALUES (?, ?)", [Setting.tracesLeft, traces.rawValue])
      return .commit
    }
    do {
      try removeTracesLeft(in: db)
    } catch {
      throw FonanaError.tracesLeft(because: FonanaError(store: error))
    }
  }

  /// Ends what an interrupted call has begun; nothing, when none was.
  func removeTracesLeft(in db: Database) throws {
    guard let mark = try db.setting(.tracesLeft) else { return }
    try db.eraseFreedPages()
    try removeCopies(withRescues: mark == TracesLeft.inRescuesToo.rawValue)
    try db.unmarkTraces()
  }

  /// At the opening. A disk that is full then must not keep anybody from reading and sending.
  func tryToRemoveTracesLeft() {
    try? pool.barrierWriteWithoutTransaction { try removeTracesLeft(in: $0) }
  }
}

extension Database {
  /// Pages and the index keep nothing of deleted rows, nor does the write-ahead log.
  func eraseFreedPages() throws {
    // A full-text index keeps the words of deleted rows until its parts are merged.
    try execute(sql: "INSERT INTO message_search (message_search) VALUES ('rebuild')")
    // The pages that were freed go with VACUUM, the old ones in the log with its truncation.
    try execute(sql: "VACUUM")
    _ = try checkpoint(.truncate)
  }

  func unmarkTraces() throws {
    try run("DELETE FROM setting WHERE name = ?", [Setting.tracesLeft])
  }
}

extension FonanaError {
  fileprivate static func tracesLeft(because error: FonanaError) -> FonanaError {
    FonanaError(
      error.code,
      "The messages are removed, but traces of them are left in the store's files. \(error.message)",
      hint: "The same command removes them, and so does the next start of the daemon. "
        + "A full disk needs room for a second store meanwhile.")
  }
}
