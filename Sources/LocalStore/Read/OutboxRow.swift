package import FonanaCore

/// An item of the outbox as `outbox list` shows it.
package struct OutboxRow: Hashable, Sendable, Codable {
  package var item: OutboxItem
  /// It needs a person, and what was queued behind it waits.
  package var isBlockingHead: Bool
  /// Where it goes, also when only the mirror knows that.
  package var conversationID: ConversationID?
  /// Of a blocking head: how many wait behind it.
  package var waiting = 0
  /// Of a blocking head: where these go, as far as that is known.
  package var blockedConversations: Set<ConversationID> = []
}

/// All that is known of a message that was sent from here, one committed state.
package struct OutboxStory: Hashable, Sendable, Codable {
  /// nil: it has left the outbox.
  package var item: OutboxItem?
  /// Once the server has it; kept for a week.
  package var sent: SentEntry?
  /// As the mirror has it, once it is sent.
  package var message: MirrorMessage?
  /// Oldest first.
  package var history: [OutboxHistoryEntry]

  package var isEmpty: Bool { item == nil && sent == nil && history.isEmpty }
}

/// What became of a message that was sent from here.
package struct SentEntry: Hashable, Sendable, Codable {
  package var cid: ClientID
  package var messageID: MessageID
  package var conversationID: ConversationID
  package var at: Timestamp
}
