package import FonanaCore

/// A place in a conversation where the mirror lacks messages: between two that are known.
package struct GapInfo: Codable, Sendable, Hashable {
  package enum Reason: String, Codable, Sendable, CaseIterable {
    case notFetched
    /// The server has messages here that can't be read: larger than 8 MiB, or broken.
    case unreadable
  }

  package var reason: Reason
  /// Null: nothing newer is known.
  @Nullable package var newerId: MessageID?
  @RFC3339 package var newerAt: Timestamp?
  /// Null: down to the beginning of the conversation.
  @Nullable package var olderId: MessageID?
  @RFC3339 package var olderAt: Timestamp?

  package init(
    _ reason: Reason = .notFetched, newerId: MessageID?, newerAt: Timestamp?,
    olderId: MessageID? = nil, olderAt: Timestamp? = nil
  ) {
    self.reason = reason
    self.newerId = newerId
    self.newerAt = newerAt
    self.olderId = olderId
    self.olderAt = olderAt
  }
}
