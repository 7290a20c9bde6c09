package import FonanaCore

/// A place in a conversation where messages may be missing in the mirror: between two that are
/// known.
package struct GapInfo: Codable, Sendable, Hashable {
  package var newerId: MessageID
  @RFC3339 package var newerAt: Timestamp?
  /// Null: down to the beginning of the conversation.
  @Nullable package var olderId: MessageID?
  @RFC3339 package var olderAt: Timestamp?

  package init(
    newerId: MessageID, newerAt: Timestamp?, olderId: MessageID? = nil, olderAt: Timestamp? = nil
  ) {
    self.newerId = newerId
    self.newerAt = newerAt
    self.olderId = olderId
    self.olderAt = olderAt
  }
}
