package import FonanaCore

/// The answer of `message.send`.
package struct SendResult: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case queued, sent, parked, cancelled
  }

  package var cid: ClientID
  package var state: State
  /// As the person typed it.
  package var to: String
  @Nullable package var conversationId: ConversationID?
  @Nullable package var messageId: MessageID?
  @RFC3339 package var queuedAt: Timestamp
  @RFC3339 package var sentAt: Timestamp?
  /// Why it is parked or cancelled.
  @Nullable package var reason: ErrorInfo?
  /// What a queued message waits for, as a sentence; null: it is tried this moment.
  @Nullable package var next: String?

  package init(
    cid: ClientID, state: State, to: String, conversationId: ConversationID? = nil,
    messageId: MessageID? = nil, queuedAt: Timestamp, sentAt: Timestamp? = nil,
    reason: ErrorInfo? = nil, next: String? = nil
  ) {
    self.cid = cid
    self.state = state
    self.to = to
    self.conversationId = conversationId
    self.messageId = messageId
    self.queuedAt = queuedAt
    self.sentAt = sentAt
    self.reason = reason
    self.next = next
  }
}
