package import FonanaCore
import GRDB

extension LocalStore {
  /// All, by name.
  package func consumers() async throws(FonanaError) -> [ConsumerState] {
    try await read { db in
      let oldest = try db.eventRange().oldest
      return try db.all(
        "SELECT \(EventConsumer.columns) FROM watcher ORDER BY name", [], EventConsumer.init
      ).map { consumer in
        let waiting = try db.number(
          "SELECT COUNT(*) FROM event WHERE sequence > ?", [consumer.cursor])
        let lost = max(0, oldest - 1 - consumer.cursor)
        return ConsumerState(
          consumer: consumer, waiting: Int(clamping: waiting), lost: Int(clamping: lost))
      }
    }
  }

  /// How many kept events of these kinds come after the cursor.
  package func eventCount(
    of kinds: Set<EventKind>, after cursor: Int64
  ) async throws(FonanaError) -> Int {
    try await read { db in
      let marks = kinds.map { _ in "?" }.joined(separator: ", ")
      let count = try db.number(
        "SELECT COUNT(*) FROM event WHERE sequence > ? AND kind IN (\(marks))",
        [cursor] + StatementArguments(kinds.map(\.rawValue)))
      return Int(clamping: count)
    }
  }

  package func consumer(_ name: String) async throws(FonanaError) -> EventConsumer? {
    try await read { try $0.consumer(name) }
  }

  /// Notes that the consumer is here. A new one begins after the newest event.
  package func openConsumer(
    _ name: String, at now: Timestamp
  ) async throws(FonanaError) -> EventConsumer {
    try await writes.run { db in
      let newest = try db.eventRange().newest
      try db.run(
        """
        INSERT INTO watcher (name, cursor, seen_at) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at
        """, [name, newest, now])
      guard let consumer = try db.consumer(name) else { throw FonanaError.noConsumer(name) }
      return consumer
    }
  }

  /// Everything up to `cursor` is done, durably. An older cursor changes nothing: acknowledgements
  /// may overtake each other.
  package func acknowledge(
    _ cursor: Int64, by name: String, at now: Timestamp
  ) async throws(FonanaError) -> EventConsumer {
    try await writes.run { db in
      guard cursor <= (try db.eventRange().newest) else {
        throw FonanaError(.invalidInput, "There is no event with the cursor \(cursor) yet.")
      }
      guard let consumer = try db.consumer(name) else { throw FonanaError.noConsumer(name) }
      let isNews = cursor > consumer.cursor
      try db.run(
        """
        UPDATE watcher SET cursor = MAX(cursor, ?), seen_at = ?,
          failures = IIF(?, 0, failures), failure = IIF(?, NULL, failure),
          parked_at = IIF(?, NULL, parked_at)
        WHERE name = ?
        """, [cursor, now, isNews, isNews, isNews, name])
      return try db.consumer(name) ?? consumer
    }
  }

  /// What comes after the cursor has failed once more; with `parking` it is not tried any more.
  package func noteFailure(
    _ reason: String, of name: String, parking: Bool, at now: Timestamp
  ) async throws(FonanaError) {
    try await writes.run { db in
      try db.run(
        """
        UPDATE watcher SET failures = failures + 1, failure = ?, seen_at = ?,
          parked_at = IIF(?, ?, NULL)
        WHERE name = ?
        """, [reason, now, parking, now, name])
    }
  }

  /// Takes up again what is parked; false when nothing has failed.
  package func unparkConsumer(_ name: String) async throws(FonanaError) -> Bool {
    try await writes.run { db in
      try db.run(
        """
        UPDATE watcher SET failures = IIF(parked_at IS NULL, failures, 1), parked_at = NULL
        WHERE name = ? AND failures > 0
        """, [name])
      return db.changesCount > 0
    }
  }

  /// Throws `notFound` for a name that is not known.
  package func forgetConsumer(_ name: String) async throws(FonanaError) {
    try await writes.run { db in
      try db.run("DELETE FROM watcher WHERE name = ?", [name])
      guard db.changesCount > 0 else { throw FonanaError.noConsumer(name) }
    }
  }
}

extension Database {
  func consumer(_ name: String) throws -> EventConsumer? {
    try first(
      "SELECT \(EventConsumer.columns) FROM watcher WHERE name = ?", [name], EventConsumer.init)
  }
}

extension FonanaError {
  static func noConsumer(_ name: String) -> FonanaError {
    FonanaError(
      .notFound, "No consumer of events is called “\(DisplayText.line(name, limit: 64))”.",
      hint: "“fonana watch --list” names them all.")
  }
}
