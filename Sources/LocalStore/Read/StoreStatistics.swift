package import FonanaCore
import GRDB
import Synchronization

/// Sizes for `status` and the diagnostics.
package struct StoreStatistics: Hashable, Sendable, Codable {
  package var conversations: Int
  package var messages: Int
  /// Known from a list or a notification only.
  package var incomplete: Int
  package var gaps: Int
  package var databaseBytes: Int64
  package var counters: [StoreCounter: Int64]
  package var outbox: [OutboxState: Waiting]

  /// The items of one state.
  package struct Waiting: Hashable, Sendable, Codable {
    package var count: Int
    /// When the oldest was queued.
    package var oldest: Timestamp
  }
}

/// What was counted last, and what that was the state of.
struct KnownStatistics: Sendable {
  var mark: CommitCounter.Mark
  var newestRow: Int64
  var statistics: StoreStatistics
}

extension LocalStore {
  /// Counted anew only when something was committed since they were last asked for; of a million
  /// messages only those that have come since then.
  package func statistics() async throws(FonanaError) -> StoreStatistics {
    let mark = commits.mark
    let last = knownStatistics.withLock { $0 }
    if let last, last.mark == mark { return last.statistics }
    let known = last.flatMap { $0.mark.removals == mark.removals ? $0 : nil }
    let (statistics, newestRow) = try await read { db in
      (try db.statistics(after: known), try db.number("SELECT MAX(row) FROM message"))
    }
    knownStatistics.withLock {
      $0 = KnownStatistics(mark: mark, newestRow: newestRow, statistics: statistics)
    }
    return statistics
  }
}

extension Database {
  fileprivate func statistics(after known: KnownStatistics?) throws -> StoreStatistics {
    let newer = "SELECT COUNT(*) FROM message WHERE row > ?"
    return StoreStatistics(
      conversations: try count("SELECT COUNT(*) FROM conversation"),
      messages: try known.map { $0.statistics.messages + (try count(newer, [$0.newestRow])) }
        ?? count("SELECT COUNT(*) FROM message"),
      incomplete: try count("SELECT COUNT(*) FROM message WHERE is_complete = 0"),
      gaps: try count("SELECT COUNT(*) FROM gap"),
      databaseBytes: try number("PRAGMA page_count") * number("PRAGMA page_size"),
      counters: try counters(), outbox: try outboxCounts())
  }

  fileprivate func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
    Int(try number(sql, arguments))
  }

  fileprivate func counters() throws -> [StoreCounter: Int64] {
    var counters: [StoreCounter: Int64] = [:]
    for counter in StoreCounter.allCases {
      counters[counter] = try number(
        "SELECT value FROM counter WHERE name = ?", [counter.rawValue])
    }
    return counters
  }

  fileprivate func outboxCounts() throws -> [OutboxState: StoreStatistics.Waiting] {
    let sql = "SELECT state, COUNT(*), MIN(queued_at) FROM outbox GROUP BY state"
    let rows = try all(sql) { row in
      (
        try row.at(0) as OutboxState,
        StoreStatistics.Waiting(count: try row.at(1), oldest: try row.at(2))
      )
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }
}
