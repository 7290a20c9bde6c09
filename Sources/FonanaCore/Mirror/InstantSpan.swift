/// A stretch of time without its two ends.
package struct InstantSpan: Hashable, Sendable {
  package var after: Timestamp
  package var before: Timestamp

  package func contains(_ instant: Timestamp) -> Bool { after < instant && instant < before }
}

extension MessagePage {
  /// Where a message that this page does not hold is not at the server. Its oldest and newest
  /// instant are left out: a page may cut through ties in any order.
  package var provenSpan: InstantSpan? {
    let instants = messages.map(\.createdAt)
    guard let newest = instants.max(), let oldest = instants.min() else { return nil }
    return InstantSpan(after: oldest, before: newest)
  }
}
