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

extension LocalStore {
  /// Counted anew only when something was committed since they were last asked for.
  package func statistics() async throws(FonanaError) -> StoreStatistics {
    let now = commits.value
    if let known = knownStatistics.withLock({ $0 }), known.commits == now { return known.1 }
    let statistics = try await countAll()
    knownStatistics.withLock { $0 = (now, statistics) }
    return statistics
  }

  private func countAll() async throws(FonanaError) -> StoreStatistics {
    try await read { db in
      StoreStatistics(
        conversations: try db.count("SELECT COUNT(*) FROM conversation"),
        messages: try db.count("SELECT COUNT(*) FROM message"),
        incomplete: try db.count("SELECT COUNT(*) FROM message WHERE is_complete = 0"),
        gaps: try db.count("SELECT COUNT(*) FROM gap"),
        databaseBytes: try db.number("PRAGMA page_count") * db.number("PRAGMA page_size"),
        counters: try db.counters(), outbox: try db.outboxCounts())
    }
  }
}

extension Database {
  fileprivate func count(_ sql: String) throws -> Int { Int(try number(sql)) }

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
