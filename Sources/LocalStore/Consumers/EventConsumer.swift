package import FonanaCore
import GRDB

/// Who reads all events under a name, in order, and acknowledges them: `watch --as NAME`, a hook.
package struct EventConsumer: Hashable, Sendable {
  package var name: String
  /// Of the last event that it has acknowledged.
  package var cursor: Int64
  /// When it last came or acknowledged something.
  package var seenAt: Timestamp
  /// Of a hook: how often in a row the event after the cursor has failed.
  package var failures: Int
  /// Of a hook: why.
  package var failure: String?
  /// Of a hook: since when it is not started any more.
  package var parkedAt: Timestamp?

  static let columns = "name, cursor, seen_at, failures, failure, parked_at"

  init(_ row: Row) throws {
    name = try row.at(0)
    cursor = try row.at(1)
    seenAt = try row.at(2)
    failures = try row.at(3)
    failure = try row.at(4)
    parkedAt = try row.at(5)
  }
}

/// A consumer with what lies before it.
package struct ConsumerState: Hashable, Sendable {
  package var consumer: EventConsumer
  /// Kept events that it has not acknowledged.
  package var waiting: Int
  /// Events that it has not acknowledged and that are not kept any more.
  package var lost: Int
}
