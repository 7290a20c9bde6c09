package import FonanaCore

/// Who reads events under a name.
package struct ConsumerInfo: Codable, Sendable, Hashable {
  package var name: String
  /// Of the last event that it has acknowledged.
  package var cursor: Int64
  /// Events that it has not acknowledged.
  package var waiting: Int
  /// Events that it has not acknowledged and that are not kept any more.
  package var lost: Int
  package var connected: Bool
  /// When it last came or acknowledged something.
  @RFC3339 package var seenAt: Timestamp?

  package init(
    name: String, cursor: Int64, waiting: Int, lost: Int, connected: Bool, seenAt: Timestamp?
  ) {
    self.name = name
    self.cursor = cursor
    self.waiting = waiting
    self.lost = lost
    self.connected = connected
    self.seenAt = seenAt
  }
}

/// The answer of `consumers.list`.
package struct ConsumerListing: Codable, Sendable, Hashable {
  package var consumers: [ConsumerInfo]

  package init(consumers: [ConsumerInfo]) { self.consumers = consumers }
}

/// The data of `events.lost`: what a consumer will never see.
package struct LostEvents: Codable, Sendable, Hashable {
  package var count: Int
  /// Cursor of the first and the last of them.
  package var first: Int64
  package var last: Int64

  package init(count: Int, first: Int64, last: Int64) {
    self.count = count
    self.first = first
    self.last = last
  }
}
