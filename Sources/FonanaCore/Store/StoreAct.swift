/// A business act on the store. Acts of one list happen in one transaction, in order.
///
/// `LocalStore` performs them; their rules are the pure functions of `Mirror/`.
package enum StoreAct: Hashable, Sendable, Codable {
  /// Pins the store to its server and account; refused when it belongs to others.
  case pinAccount(AccountRecord)
  case noteGeneration(ServerGeneration)
  /// Whether the server still echoes our metadata.
  case noteEcho(Bool)

  /// Upserts the conversations of a list and the islands of their last messages. Conversations
  /// that the list does not hold stay.
  case applyList([ListedState], isBacklog: Backlog)
  /// The lists do not hold them any more: they are shown as gone and keep all they have, until a
  /// list holds them again.
  case noteGone([ConversationID])
  /// A list came at the time of the act, changed or not: up to then the mirror knows of everything.
  case noteListed
  /// Upserts the messages of a page and sets the coverage; rows of the `proven` instants that the
  /// page does not hold count one absence (`PageSpan.proven`). `isBacklog`: nobody is called for them.
  case applyPage(
    ConversationID, MessagePage, Coverage, proven: ClosedRange<Timestamp>?, isBacklog: Backlog)
  /// Upserts the platform's notifications; the previews among them become islands.
  case applyNotifications(
    [PlatformNotification], unread: Int?, coverages: [ConversationID: Coverage], isBacklog: Backlog)
  /// At the time of the act the newest messages of the conversation were read again, or for the
  /// first time.
  case noteDeepCheck(ConversationID)
  case markNotificationsRead([NotificationID]?)
  /// A person has read up to here.
  case markRead(ConversationID, through: MessagePosition)
  /// A conversation made or found for a recipient, before any list shows it.
  case noteConversation(ConversationID, with: UserProfile)
  case noteUser(UserProfile)

  /// Adds the item (its `sequence` is given by the store). The same cid with the same wish is no
  /// error and changes nothing.
  case enqueue(OutboxItem)
  /// Replaces the item's row and adds to its story.
  case update(OutboxItem, OutboxHistoryEntry)
  /// The server has it: the mirror row, the removal from the outbox and the entry of the sent log
  /// in one step.
  case confirm(ClientID, ServerMessage, at: Timestamp)
  case cancel(ClientID, OutboxHistoryEntry)
  /// A second row with our cid was seen at the server.
  case noteDuplicate(ClientID, MessageID)

  case count(StoreCounter)
  /// An event that belongs to no row: the connection's or the token's.
  case record(EventKind, detail: JSONText)
}

/// A list's entry with what the coverage becomes by its island.
package struct ListedState: Hashable, Sendable, Codable {
  package var conversation: ListedConversation
  package var coverage: Coverage

  package init(_ conversation: ListedConversation, coverage: Coverage) {
    self.conversation = conversation
    self.coverage = coverage
  }
}

/// Whose store this is.
package struct AccountRecord: Hashable, Sendable, Codable {
  /// Scheme, host and port: `https://fonana.me`.
  package var origin: String
  package var userID: UserID
  package var wallet: String
  package var nickname: String?
  package var fullName: String?

  package init(
    origin: String, userID: UserID, wallet: String, nickname: String? = nil,
    fullName: String? = nil
  ) {
    self.origin = origin
    self.userID = userID
    self.wallet = wallet
    self.nickname = nickname
    self.fullName = fullName
  }
}

/// Counts that outlive the daemon.
package enum StoreCounter: String, Hashable, Sendable, Codable, CaseIterable {
  /// Pulls that were made only to settle an uncertain send, with unread messages there.
  case forcedReads
  case duplicatesSeen
}
