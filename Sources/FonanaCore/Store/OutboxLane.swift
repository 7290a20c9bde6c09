/// A line of the outbox: one for each person written to. Only the head of a lane may move
/// (docs/reliability.md, The life of a message).
package enum OutboxLane: Hashable, Sendable {
  /// Names that nobody here knows yet share one lane.
  case unresolved
  case user(UserID)
  case conversation(ConversationID)
}

extension OutboxItem {
  package var lane: OutboxLane {
    if let user = recipient.userID { return .user(user) }
    if let conversation = recipient.conversationID { return .conversation(conversation) }
    return .unresolved
  }

  /// The older item to what may be the same name has not been looked up yet: it may join this one's
  /// lane, and must not be passed.
  package func mustFollow(_ other: OutboxItem) -> Bool {
    state == .queued && other.lane == .unresolved && lane != .unresolved && !other.isSkipped
      && other.sequence < sequence
      && other.recipient.resembles(recipient)
  }

  /// Nothing moves it but a person.
  package var needsPerson: Bool { state == .parked || state == .held }
}
