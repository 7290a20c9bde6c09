/// What a transaction has done beyond what its acts say.
package struct StoreResult: Hashable, Sendable, Codable {
  /// In order.
  package var events: [StoreEvent]
  /// What `enqueue` found or made, an entry for each `enqueue` of the list.
  package var enqueued: [EnqueueResult]

  package init(events: [StoreEvent] = [], enqueued: [EnqueueResult] = []) {
    self.events = events
    self.enqueued = enqueued
  }
}

package enum EnqueueResult: Hashable, Sendable, Codable {
  case added(OutboxItem)
  /// The same wish was enqueued before and is still here.
  case known(OutboxItem)
  /// The same wish was sent before.
  case sent(ClientID, MessageID, ConversationID)
  /// The cid belongs to another message.
  case conflict
}
