package import FonanaCore

/// A message with what a reader is told beside it.
package struct MessageRow: Hashable, Sendable, Codable {
  package var message: MirrorMessage
  /// nil when nothing but the sender's id is known.
  package var sender: UserProfile?
  /// By the rule of the mode that was asked for; never for own messages.
  package var isUnread: Bool
}
