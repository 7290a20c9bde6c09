package import FonanaCore

/// An item of the outbox as `outbox list` shows it.
package struct OutboxRow: Hashable, Sendable, Codable {
  package var item: OutboxItem
  /// It needs a person, and what was queued behind it waits.
  package var isBlockingHead: Bool
}

/// What became of a message that was sent from here.
package struct SentEntry: Hashable, Sendable, Codable {
  package var cid: ClientID
  package var messageID: MessageID
  package var conversationID: ConversationID
  package var at: Timestamp
}
