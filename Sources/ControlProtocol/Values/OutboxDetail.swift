package import FonanaCore

/// `outbox show`: the entry with its story.
package struct OutboxDetail: Codable, Sendable, Hashable {
  package var entry: OutboxEntry
  /// Oldest first.
  package var history: [OutboxStep]

  package init(entry: OutboxEntry, history: [OutboxStep]) {
    self.entry = entry
    self.history = history
  }

  private enum CodingKeys: String, CodingKey { case history }

  package init(from decoder: any Decoder) throws {
    entry = try OutboxEntry(from: decoder)
    history = try decoder.container(keyedBy: CodingKeys.self).decode(
      [OutboxStep].self, forKey: .history)
  }

  package func encode(to encoder: any Encoder) throws {
    try entry.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(history, forKey: .history)
  }
}

/// A line of an entry's story.
package struct OutboxStep: Codable, Sendable, Hashable {
  @RFC3339 package var at: Timestamp
  @Nullable package var from: String?
  /// A state of the outbox, `sent` or `cancelled`.
  package var to: String
  package var outcome: String
  package var detail: String

  package init(at: Timestamp, from: String? = nil, to: String, outcome: String, detail: String) {
    self.at = at
    self.from = from
    self.to = to
    self.outcome = outcome
    self.detail = detail
  }
}

/// The answer of `outbox.list`, in enqueue order.
package struct OutboxListing: Codable, Sendable, Hashable {
  package var items: [OutboxEntry]

  package init(items: [OutboxEntry]) {
    self.items = items
  }
}

/// The answer of the methods that change the outbox.
package struct OutboxActResult: Codable, Sendable, Hashable {
  package var changed: Int
  /// As it is now; null when it is gone, or for all.
  @Nullable package var item: OutboxEntry?

  package init(changed: Int, item: OutboxEntry? = nil) {
    self.changed = changed
    self.item = item
  }
}
