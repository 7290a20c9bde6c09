/// All that the engine needs to know of the store when it starts.
package struct StoreSnapshot: Hashable, Sendable, Codable {
  package var account: AccountRecord?
  package var generation: ServerGeneration?
  package var isEchoing: Bool
  /// When the last list came.
  package var lastListAt: Timestamp?
  /// When the last page of messages came.
  package var lastPullAt: Timestamp?
  /// How many notifications the last ones that were written left unread, by the server.
  package var unreadNotifications: Int?
  /// In all conversations what is older was forgotten by a person.
  package var forgottenBefore: Timestamp?
  package var conversations: [ConversationState]
  /// In enqueue order.
  package var outbox: [OutboxItem]
  /// Those of the outbox whose text a person has changed.
  package var edited: [ClientID]
  /// To whom those of the outbox go, as far as that is known, with their wallets and nicknames; by
  /// id.
  package var recipients: [UserProfile]

  package init(
    account: AccountRecord? = nil, generation: ServerGeneration? = nil, isEchoing: Bool = true,
    lastListAt: Timestamp? = nil, lastPullAt: Timestamp? = nil, unreadNotifications: Int? = nil,
    forgottenBefore: Timestamp? = nil, conversations: [ConversationState] = [],
    outbox: [OutboxItem] = [], edited: [ClientID] = [], recipients: [UserProfile] = []
  ) {
    self.account = account
    self.generation = generation
    self.isEchoing = isEchoing
    self.lastListAt = lastListAt
    self.lastPullAt = lastPullAt
    self.unreadNotifications = unreadNotifications
    self.forgottenBefore = forgottenBefore
    self.conversations = conversations
    self.outbox = outbox
    self.edited = edited
    self.recipients = recipients
  }
}

/// What the engine keeps in memory of a conversation.
package struct ConversationState: Hashable, Sendable, Codable {
  package var id: ConversationID
  package var participantID: UserID?
  package var coverage: Coverage
  /// Of the newest list.
  package var lastMessageID: MessageID?
  package var listUnread: Int
  /// A person has read up to here.
  package var readThrough: MessagePosition?
  /// The lists do not hold it any more.
  package var isGone: Bool
  /// When its newest messages were read again, or for the first time.
  package var deepCheckedAt: Timestamp?
  /// The newest message of the other that a list or a page has shown.
  package var lastReceivedAt: Timestamp?

  package init(
    id: ConversationID, participantID: UserID? = nil, coverage: Coverage = Coverage(),
    lastMessageID: MessageID? = nil, listUnread: Int = 0, readThrough: MessagePosition? = nil,
    isGone: Bool = false, deepCheckedAt: Timestamp? = nil, lastReceivedAt: Timestamp? = nil
  ) {
    self.id = id
    self.participantID = participantID
    self.coverage = coverage
    self.lastMessageID = lastMessageID
    self.listUnread = listUnread
    self.readThrough = readThrough
    self.isGone = isGone
    self.deepCheckedAt = deepCheckedAt
    self.lastReceivedAt = lastReceivedAt
  }
}
