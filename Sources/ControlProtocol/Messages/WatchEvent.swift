package import FonanaCore

/// A line of `watch`.
package struct WatchEvent: Sendable, Hashable {
  /// Grows; `events.subscribe` goes on after it.
  package var cursor: Int64
  package var at: Timestamp
  package var event: EventName
  /// It happened before the subscription began.
  package var replayed: Bool
  package var data: EventData

  package init(
    cursor: Int64, at: Timestamp, event: EventName, replayed: Bool = false, data: EventData
  ) {
    self.cursor = cursor
    self.at = at
    self.event = event
    self.replayed = replayed
    self.data = data
  }
}

extension WatchEvent: Codable {
  private enum CodingKeys: String, CodingKey { case cursor, at, event, replayed, data }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    cursor = try container.decode(Int64.self, forKey: .cursor)
    at = try container.decode(RFC3339<Timestamp>.self, forKey: .at).wrappedValue
    event = try container.decode(EventName.self, forKey: .event)
    replayed = try container.decode(Bool.self, forKey: .replayed)
    data = try EventData(of: event, from: container.superDecoder(forKey: .data))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cursor, forKey: .cursor)
    try container.encode(RFC3339(wrappedValue: at), forKey: .at)
    try container.encode(event, forKey: .event)
    try container.encode(replayed, forKey: .replayed)
    try container.encode(data, forKey: .data)
  }
}
