import FonanaCore

/// Values of a small world: me, alice and bob.
enum Sample {
  static let me = UserID("user-me")
  static let alice = UserProfile(
    id: UserID("user-alice"), wallet: "wallet-alice", nickname: "Alice", fullName: "Alice A.")
  static let bob = UserProfile(id: UserID("user-bob"), wallet: "wallet-bob", nickname: "bob")
  static let talk = ConversationID("talk-alice")
  static let account = AccountRecord(
    origin: "https://fonana.me", userID: me, wallet: "wallet-me", nickname: "myself")

  /// Seconds after an arbitrary instant.
  static func time(_ seconds: Int64) -> Timestamp {
    Timestamp(milliseconds: 1_764_000_000_000 + seconds * 1000)
  }

  static func cid(_ number: Int) -> ClientID { ClientID("cid-\(number)") }

  static func place(_ number: Int64) -> MessagePosition {
    MessagePosition(createdAt: time(number), id: MessageID("m\(number)"))
  }

  /// The message of that number, made in that second.
  static func message(
    _ number: Int64, from sender: UserID = alice.id, in talk: ConversationID = talk,
    content: String? = "text", isRead: Bool = false, cid: ClientID? = nil
  ) -> ServerMessage {
    ServerMessage(
      id: MessageID("m\(number)"), conversationID: talk, senderID: sender, content: content,
      isRead: isRead, createdAt: time(number), cid: cid)
  }

  static func page(_ messages: [ServerMessage], hasMore: Bool = false) -> MessagePage {
    MessagePage(
      messages: messages.sorted { $0.position > $1.position }, hasMore: hasMore)
  }

  static func list(
    _ last: ServerMessage?, unread: Int = 0, talk: ConversationID = talk,
    with participant: UserProfile = alice
  ) -> ListedState {
    let listed = last.map {
      ListedMessage(
        id: $0.id, content: $0.content, senderID: $0.senderID, createdAt: $0.createdAt)
    }
    return ListedState(
      ListedConversation(id: talk, participant: participant, last: listed, unread: unread),
      coverage: Coverage())
  }

  static func item(
    _ number: Int, to name: String = "@alice", in talk: ConversationID? = talk,
    content: String = "hello", state: OutboxState = .queued
  ) -> OutboxItem {
    OutboxItem(
      cid: cid(number),
      recipient: Recipient(text: name, userID: alice.id, conversationID: talk),
      content: content, state: state, queuedAt: time(0))
  }

  static func entry(_ to: String, _ outcome: String = "test") -> OutboxHistoryEntry {
    OutboxHistoryEntry(at: time(0), from: .queued, to: to, outcome: outcome, detail: "")
  }
}
