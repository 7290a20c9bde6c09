package import FonanaCore

/// An element of `outbox list`; `sent` and `cancelled` only in `outbox show`.
package struct OutboxEntry: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case queued, sending, uncertain, parked, held, sent, cancelled
  }

  package var cid: ClientID
  package var to: String
  @Nullable package var conversationId: ConversationID?
  @Nullable package var content: String?
  /// The text is cut here; “show” has it whole.
  package var truncated: Bool
  package var state: State
  /// The recipient is not known at the server yet.
  package var unresolved: Bool
  package var attempts: Int
  @RFC3339 package var queuedAt: Timestamp
  @RFC3339 package var nextAttemptAt: Timestamp?
  @Nullable package var reason: ErrorInfo?
  /// It is parked or held, and what was queued behind it waits.
  package var blocking: Bool
  /// It is dropped if the server turns out not to have it.
  package var cancelWanted: Bool
  /// It is not sent when the other has written since.
  package var unlessReplied: Bool
  /// In SOL.
  @Nullable package var price: Double?
  /// Of the image that goes with it.
  @Nullable package var mediaType: String?

  package init(
    cid: ClientID, to: String, conversationId: ConversationID? = nil, content: String? = nil,
    truncated: Bool = false, state: State, unresolved: Bool, attempts: Int, queuedAt: Timestamp,
    nextAttemptAt: Timestamp? = nil, reason: ErrorInfo? = nil, blocking: Bool = false,
    cancelWanted: Bool = false, unlessReplied: Bool = false, price: Double? = nil,
    mediaType: String? = nil
  ) {
    self.cid = cid
    self.to = to
    self.conversationId = conversationId
    self.content = content
    self.truncated = truncated
    self.state = state
    self.unresolved = unresolved
    self.attempts = attempts
    self.queuedAt = queuedAt
    self.nextAttemptAt = nextAttemptAt
    self.reason = reason
    self.blocking = blocking
    self.cancelWanted = cancelWanted
    self.unlessReplied = unlessReplied
    self.price = price
    self.mediaType = mediaType
  }
}
