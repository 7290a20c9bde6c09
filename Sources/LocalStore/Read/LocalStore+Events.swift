package import FonanaCore
import GRDB

extension LocalStore {
  /// The cursors that can be asked for.
  package struct EventRange: Hashable, Sendable, Codable {
    /// Of the oldest event that is kept; one above `newest` when none is.
    package var oldest: Int64
    /// Of the newest event there ever was; 0 before the first.
    package var newest: Int64
  }

  /// Events after a cursor, in order. Throws `cursorExpired` when some in between are forgotten,
  /// or when the cursor is not of this store.
  package func events(
    after cursor: Int64, limit: Int
  ) async throws(FonanaError) -> [StoreEvent] {
    try await read { db in
      let range = try db.eventRange()
      guard cursor >= range.oldest - 1, cursor <= range.newest else {
        throw FonanaError.cursorExpired(cursor, oldest: range.oldest - 1)
      }
      return try db.all(
        """
        SELECT \(StoreEvent.columns) FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?
        """, [cursor, max(0, limit)], StoreEvent.init)
    }
  }

  /// As `events`, but what is not kept any more is said and passed over.
  package func eventPage(after cursor: Int64, limit: Int) async throws(FonanaError) -> EventPage {
    try await read { db in
      let range = try db.eventRange()
      guard cursor <= range.newest else {
        throw FonanaError.cursorExpired(cursor, oldest: range.oldest - 1)
      }
      let lost = cursor + 1 < range.oldest ? (cursor + 1)..<range.oldest : nil
      return EventPage(
        lost: lost,
        events: try db.all(
          """
          SELECT \(StoreEvent.columns) FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?
          """, [cursor, max(0, limit)], StoreEvent.init))
    }
  }

  package func eventRange() async throws(FonanaError) -> EventRange {
    try await read { try $0.eventRange() }
  }
}

extension Database {
  func eventRange() throws -> LocalStore.EventRange {
    let newest = try number("SELECT seq FROM sqlite_sequence WHERE name = 'event'")
    let oldest = try first("SELECT MIN(sequence) FROM event") { try $0.at(0) as Int64? } ?? nil
    return LocalStore.EventRange(oldest: oldest ?? newest + 1, newest: newest)
  }
}

extension FonanaError {
  fileprivate static func cursorExpired(_ cursor: Int64, oldest: Int64) -> FonanaError {
    FonanaError(
      .cursorExpired, "The events after cursor \(cursor) are not kept any more.",
      hint: "Start from cursor \(oldest), the oldest one.")
  }
}
