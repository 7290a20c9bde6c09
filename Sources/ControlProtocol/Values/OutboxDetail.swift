package import FonanaCore

/// `outbox show`: the entry with its story.
package struct OutboxDetail: Codable, Sendable, Hashable {
  package var entry: OutboxEntry
  package var rest: Rest

  package struct Rest: Codable, Sendable, Hashable {
    /// The server's, once it has the message.
    @Nullable package var messageId: MessageID?
    @RFC3339 package var sentAt: Timestamp?
    /// What comes next, as a sentence; null: nothing.
    @Nullable package var next: String?
    /// Oldest first.
    package var history: [OutboxStep]
  }

  package init(
    entry: OutboxEntry, messageId: MessageID? = nil, sentAt: Timestamp? = nil,
    next: String? = nil, history: [OutboxStep]
  ) {
    self.entry = entry
    rest = Rest(messageId: messageId, sentAt: sentAt, next: next, history: history)
  }

  package init(from decoder: any Decoder) throws {
    entry = try OutboxEntry(from: decoder)
    rest = try Rest(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try entry.encode(to: encoder)
    try rest.encode(to: encoder)
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

/// The answer of `outbox.list`, in enqueue order, but what blocks its conversation comes first.
package struct OutboxListing: Codable, Sendable, Hashable {
  package var items: [OutboxEntry]
  /// How many more wait than one answer holds.
  package var more: Int
  /// `source` is `stale` while the server can't be reached.
  package var freshness: FreshnessInfo

  package init(items: [OutboxEntry], more: Int = 0, freshness: FreshnessInfo) {
    self.items = items
    self.more = more
    self.freshness = freshness
  }
}

/// The answer of the methods that change the outbox.
package struct OutboxActResult: Codable, Sendable, Hashable {
  package var changed: Int
  /// As it is now; null when it is gone, or for all.
  @Nullable package var item: OutboxEntry?
  /// What `retry` without a cid left alone: the server may have it, so each must be named.
  package var asked: [OutboxEntry]
  /// What is not as one might think, as a sentence.
  @Nullable package var note: String?

  package init(
    changed: Int, item: OutboxEntry? = nil, asked: [OutboxEntry] = [], note: String? = nil
  ) {
    self.changed = changed
    self.item = item
    self.asked = asked
    self.note = note
  }
}
