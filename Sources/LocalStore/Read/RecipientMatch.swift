package import FonanaCore

/// Whom a typed name may mean.
package struct RecipientMatch: Hashable, Sendable, Codable {
  /// nil for a conversation of which nothing but own messages is known.
  package var user: UserProfile?
  /// nil when nothing was ever written.
  package var conversationID: ConversationID?
}
