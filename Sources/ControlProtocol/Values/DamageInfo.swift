package import FonanaCore

/// `status.sync.damage`: a damaged store that was set aside.
package struct DamageInfo: Codable, Sendable, Hashable {
  @RFC3339 package var at: Timestamp?
  package var reason: String
  /// The folder with the damaged files.
  package var copy: String
  /// Messages that were waiting and still are.
  package var messagesSaved: Int
  /// Whether every waiting message could be read.
  package var isOutboxComplete: Bool

  package init(
    at: Timestamp?, reason: String, copy: String, messagesSaved: Int, isOutboxComplete: Bool
  ) {
    self.at = at
    self.reason = reason
    self.copy = copy
    self.messagesSaved = messagesSaved
    self.isOutboxComplete = isOutboxComplete
  }
}
