package import FonanaCore

/// An element of `outbox list`.
package struct OutboxEntry: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case queued, sending, uncertain, parked, held
  }

  package var cid: ClientID
  package var to: String
  @Nullable package var conversationId: ConversationID?
  @Nullable package var content: String?
  package var state: State
  /// The recipient is not known at the server yet.
  package var unresolved: Bool
  package var attempts: Int
  @RFC3339 package var queuedAt: Timestamp
  @RFC3339 package var nextAttemptAt: Timestamp?
  @Nullable package var reason: ErrorInfo?
  /// In SOL.
  @Nullable package var price: Double?
  /// Of the image that goes with it.
  @Nullable package var mediaType: String?

  package init(
    cid: ClientID, to: String, conversationId: ConversationID? = nil, content: String? = nil,
    state: State, unresolved: Bool, attempts: Int, queuedAt: Timestamp,
    nextAttemptAt: Timestamp? = nil, reason: ErrorInfo? = nil, price: Double? = nil,
    mediaType: String? = nil
  ) {
    self.cid = cid
    self.to = to
    self.conversationId = conversationId
    self.content = content
    self.state = state
    self.unresolved = unresolved
    self.attempts = attempts
    self.queuedAt = queuedAt
    self.nextAttemptAt = nextAttemptAt
    self.reason = reason
    self.price = price
    self.mediaType = mediaType
  }
}
