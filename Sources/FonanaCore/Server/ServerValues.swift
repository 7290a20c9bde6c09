/// Which of the two deployed servers answered (docs/protocol.md).
package enum ServerGeneration: String, Sendable, Codable, CaseIterable {
  case a = "A"
  case b = "B"
}

/// A user as the server shows one; every field but the id may be absent.
package struct UserProfile: Hashable, Sendable, Codable {
  package var id: UserID
  package var wallet: String?
  package var nickname: String?
  package var fullName: String?
  package var avatar: String?

  package init(
    id: UserID, wallet: String? = nil, nickname: String? = nil, fullName: String? = nil,
    avatar: String? = nil
  ) {
    self.id = id
    self.wallet = wallet
    self.nickname = nickname
    self.fullName = fullName
    self.avatar = avatar
  }

  /// All that a person may type to mean this user.
  package var names: [String] {
    [id.rawValue] + [wallet].compactMap { $0 } + (nickname.map { [$0, "@" + $0] } ?? [])
  }
}

/// A message as an answer of the messages routes holds it.
package struct ServerMessage: Hashable, Sendable, Codable {
  package var id: MessageID
  package var conversationID: ConversationID
  package var senderID: UserID
  package var sender: UserProfile?
  /// null for media only, for a tip, and for a paid message that the reader has not bought.
  package var content: String?
  package var mediaURL: String?
  package var mediaType: String?
  package var isPaid: Bool
  /// In SOL.
  package var price: Double?
  package var isRead: Bool
  package var isPurchased: Bool
  package var createdAt: Timestamp
  /// As it came, byte for byte in meaning.
  package var metadata: JSONText?
  /// `metadata.fonana.cid`, when there is one. The other party can copy it: it proves nothing
  /// unless the sender is us.
  package var cid: ClientID?
  /// Whether this element could not be decoded: only the fields that could are right.
  package var isDamaged: Bool

  package init(
    id: MessageID, conversationID: ConversationID, senderID: UserID, sender: UserProfile? = nil,
    content: String?, mediaURL: String? = nil, mediaType: String? = nil, isPaid: Bool = false,
    price: Double? = nil, isRead: Bool = false, isPurchased: Bool = false, createdAt: Timestamp,
    metadata: JSONText? = nil, cid: ClientID? = nil, isDamaged: Bool = false
  ) {
    self.id = id
    self.conversationID = conversationID
    self.senderID = senderID
    self.sender = sender
    self.content = content
    self.mediaURL = mediaURL
    self.mediaType = mediaType
    self.isPaid = isPaid
    self.price = price
    self.isRead = isRead
    self.isPurchased = isPurchased
    self.createdAt = createdAt
    self.metadata = metadata
    self.cid = cid
    self.isDamaged = isDamaged
  }

  package var position: MessagePosition { MessagePosition(createdAt: createdAt, id: id) }
}

/// One answer of `GET …/messages`, newest first.
package struct MessagePage: Hashable, Sendable, Codable {
  package var messages: [ServerMessage]
  /// nil: the answer has no `hasMore`, so it is the whole history.
  package var hasMore: Bool?
  /// The transfer was ended early because enough was known already.
  package var isCutShort: Bool
  /// What was left out, since it was too large or nothing could be read from it: for each the
  /// index in `messages` that it stood before.
  package var unreadable: [Int]

  package init(
    messages: [ServerMessage], hasMore: Bool?, isCutShort: Bool = false, unreadable: [Int] = []
  ) {
    self.messages = messages
    self.hasMore = hasMore
    self.isCutShort = isCutShort
    self.unreadable = unreadable
  }
}

/// One element of `GET /api/conversations`.
package struct ListedConversation: Hashable, Sendable, Codable {
  package var id: ConversationID
  package var participant: UserProfile
  package var last: ListedMessage?
  package var unread: Int
  package var createdAt: Timestamp?

  package init(
    id: ConversationID, participant: UserProfile, last: ListedMessage?, unread: Int,
    createdAt: Timestamp? = nil
  ) {
    self.id = id
    self.participant = participant
    self.last = last
    self.unread = unread
    self.createdAt = createdAt
  }
}

/// The last message as the list shows it: no media, no metadata, no read flag.
package struct ListedMessage: Hashable, Sendable, Codable {
  package var id: MessageID
  /// Already nil for a paid message: the server's placeholder is not a text.
  package var content: String?
  package var senderID: UserID
  package var createdAt: Timestamp
  package var isPaid: Bool
  package var price: Double?

  package init(
    id: MessageID, content: String?, senderID: UserID, createdAt: Timestamp, isPaid: Bool = false,
    price: Double? = nil
  ) {
    self.id = id
    self.content = content
    self.senderID = senderID
    self.createdAt = createdAt
    self.isPaid = isPaid
    self.price = price
  }

  package var position: MessagePosition { MessagePosition(createdAt: createdAt, id: id) }
}

/// A row of the platform's notifications.
package struct PlatformNotification: Hashable, Sendable, Codable {
  package var id: NotificationID
  /// Whose it is, when the server says so.
  package var userID: UserID?
  /// `NEW_MESSAGE`, `TIP_RECEIVED`, …; new ones may come.
  package var type: String
  package var title: String
  package var message: String
  package var isRead: Bool
  package var createdAt: Timestamp
  package var metadata: JSONText?
  /// Filled for NEW_MESSAGE.
  package var preview: MessagePreview?

  package init(
    id: NotificationID, userID: UserID? = nil, type: String, title: String, message: String,
    isRead: Bool, createdAt: Timestamp, metadata: JSONText? = nil, preview: MessagePreview? = nil
  ) {
    self.id = id
    self.userID = userID
    self.type = type
    self.title = title
    self.message = message
    self.isRead = isRead
    self.createdAt = createdAt
    self.metadata = metadata
    self.preview = preview
  }
}

/// What a NEW_MESSAGE notification tells about a message without a read tick.
package struct MessagePreview: Hashable, Sendable, Codable {
  package var conversationID: ConversationID
  package var messageID: MessageID
  package var senderID: UserID
  package var senderName: String?
  /// The first 50 characters; nil for media and for paid messages.
  package var text: String?
  package var isPaid: Bool
  package var price: Double?

  package init(
    conversationID: ConversationID, messageID: MessageID, senderID: UserID, senderName: String?,
    text: String?, isPaid: Bool = false, price: Double? = nil
  ) {
    self.conversationID = conversationID
    self.messageID = messageID
    self.senderID = senderID
    self.senderName = senderName
    self.text = text
    self.isPaid = isPaid
    self.price = price
  }
}
