/// The answer of `conversation.list`.
package struct InboxResult: Codable, Sendable, Hashable {
  /// Newest first.
  package var conversations: [ConversationInfo]
  /// Of all conversations.
  package var unread: Int
  package var freshness: FreshnessInfo

  package init(conversations: [ConversationInfo], unread: Int, freshness: FreshnessInfo) {
    self.conversations = conversations
    self.unread = unread
    self.freshness = freshness
  }
}
