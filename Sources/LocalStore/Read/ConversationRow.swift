package import FonanaCore

/// A conversation as `inbox` shows it.
package struct ConversationRow: Hashable, Sendable, Codable {
  package var id: ConversationID
  /// nil only while nothing but own messages is known of it.
  package var participant: UserProfile?
  /// The newest message that is not deleted; it may be known from the list only.
  package var last: MessageRow?
  /// By the rule of the mode that was asked for.
  package var unread: Int
  /// Of the last message, else of the conversation itself; nil when neither is known.
  package var lastActivity: Timestamp?
  package var gaps: Int
  /// The newest message up to which nothing is missing but for `gaps`; nil before the first pull.
  package var completeUpTo: MessagePosition?
  /// The newest list does not hold it any more.
  package var isRemoved: Bool
  /// A person has read up to here.
  package var readThrough: MessagePosition?
}
