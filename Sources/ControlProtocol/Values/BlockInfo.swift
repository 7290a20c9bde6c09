package import FonanaCore

/// A message that is parked or held, so that what was queued behind it in its conversation waits.
package struct BlockInfo: Codable, Sendable, Hashable {
  package var cid: ClientID
  package var to: String
  /// `parked` or `held`.
  package var state: OutboxEntry.State
  /// Why it is parked.
  @Nullable package var reason: ErrorInfo?
  /// How many wait behind it.
  package var waiting: Int

  package init(
    cid: ClientID, to: String, state: OutboxEntry.State, reason: ErrorInfo? = nil, waiting: Int
  ) {
    self.cid = cid
    self.to = to
    self.state = state
    self.reason = reason
    self.waiting = waiting
  }
}
