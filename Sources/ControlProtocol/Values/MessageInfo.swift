package import FonanaCore

/// `message` of docs/interface.md: a row of the mirror or of the outbox.
package struct MessageInfo: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case received, sent, queued, sending, uncertain, parked, held, cancelled
  }

  /// Null until the server has given it.
  @Nullable package var id: MessageID?
  @Nullable package var cid: ClientID?
  @Nullable package var conversationId: ConversationID?
  @Nullable package var senderId: UserID?
  /// A nickname.
  @Nullable package var sender: String?
  @Nullable package var content: String?
  /// The server's; null until it has given it.
  @RFC3339 package var createdAt: Timestamp?
  @RFC3339 package var queuedAt: Timestamp?
  package var isOwn: Bool
  package var isUnread: Bool
  /// On own messages: the other has read it.
  package var isRead: Bool
  /// The text is known to be whole.
  package var isComplete: Bool
  package var isPaid: Bool
  /// In SOL.
  @Nullable package var price: Double?
  package var isPurchased: Bool
  /// Null while locked.
  @Nullable package var mediaUrl: String?
  @Nullable package var mediaType: String?
  @Nullable package var metadata: JSONValue?
  package var state: State
  /// The text is cut here; `message.get` has it whole.
  package var truncated: Bool

  package init(
    id: MessageID? = nil, cid: ClientID? = nil, conversationId: ConversationID? = nil,
    senderId: UserID? = nil, sender: String? = nil, content: String? = nil,
    createdAt: Timestamp? = nil, queuedAt: Timestamp? = nil, isOwn: Bool, isUnread: Bool,
    isRead: Bool, isComplete: Bool, isPaid: Bool, price: Double? = nil, isPurchased: Bool,
    mediaUrl: String? = nil, mediaType: String? = nil, metadata: JSONValue? = nil, state: State,
    truncated: Bool = false
  ) {
    self.id = id
    self.cid = cid
    self.conversationId = conversationId
    self.senderId = senderId
    self.sender = sender
    self.content = content
    self.createdAt = createdAt
    self.queuedAt = queuedAt
    self.isOwn = isOwn
    self.isUnread = isUnread
    self.isRead = isRead
    self.isComplete = isComplete
    self.isPaid = isPaid
    self.price = price
    self.isPurchased = isPurchased
    self.mediaUrl = mediaUrl
    self.mediaType = mediaType
    self.metadata = metadata
    self.state = state
    self.truncated = truncated
  }
}
