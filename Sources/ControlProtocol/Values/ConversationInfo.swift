package import FonanaCore

/// `conversation` of docs/interface.md.
package struct ConversationInfo: Codable, Sendable, Hashable {
  package var id: ConversationID
  package var participant: ParticipantInfo
  package var unread: Int
  @Nullable package var lastMessage: MessageInfo?
  /// The parked or held message behind which the others wait.
  @Nullable package var blockedBy: BlockInfo?

  package init(
    id: ConversationID, participant: ParticipantInfo, unread: Int, lastMessage: MessageInfo? = nil,
    blockedBy: BlockInfo? = nil
  ) {
    self.id = id
    self.participant = participant
    self.unread = unread
    self.lastMessage = lastMessage
    self.blockedBy = blockedBy
  }
}

/// The other side of a conversation.
package struct ParticipantInfo: Codable, Sendable, Hashable {
  package var id: UserID
  @Nullable package var nickname: String?
  @Nullable package var fullName: String?
  @Nullable package var wallet: String?

  package init(
    id: UserID, nickname: String? = nil, fullName: String? = nil, wallet: String? = nil
  ) {
    self.id = id
    self.nickname = nickname
    self.fullName = fullName
    self.wallet = wallet
  }
}
