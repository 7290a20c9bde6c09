/// The answer of `conversation.read`.
package struct ReadResult: Codable, Sendable, Hashable {
  /// Null without `who`.
  @Nullable package var conversation: ConversationInfo?
  /// Oldest first; without `who` grouped by conversation.
  package var messages: [MessageInfo]
  /// Older messages that fit and are not shown.
  package var more: Int
  /// Unread messages that were marked read without being shown.
  package var alsoMarked: Int
  /// Where messages may be missing among those that are shown.
  package var gaps: [GapInfo]
  /// Messages that wait for a person, so that others wait behind them: of the conversation, without
  /// `who` of all.
  package var blocking: [BlockInfo]
  package var freshness: FreshnessInfo

  package init(
    conversation: ConversationInfo? = nil, messages: [MessageInfo], more: Int, alsoMarked: Int,
    gaps: [GapInfo] = [], blocking: [BlockInfo] = [], freshness: FreshnessInfo
  ) {
    self.conversation = conversation
    self.messages = messages
    self.more = more
    self.alsoMarked = alsoMarked
    self.gaps = gaps
    self.blocking = blocking
    self.freshness = freshness
  }
}
