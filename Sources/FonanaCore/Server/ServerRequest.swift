/// A call to the server, in our words. `FonanaAPI` knows the routes.
package enum ServerRequest: Hashable, Sendable, Codable {
  /// `POST /api/auth/token`; when that path does not exist, `POST /api/auth/wallet`.
  /// Today's servers ignore the proof.
  case requestToken(wallet: String, proof: WalletProof? = nil)
  /// `GET /api/auth/wallet`.
  case verifyToken
  case listConversations
  case createConversation(with: UserID)
  /// Marks the conversation read at the server (docs/protocol.md, 4).
  /// `stopAt`: a whole-history answer may be cut short once this position has been passed by
  /// 50 messages or two minutes.
  case listMessages(ConversationID, limit: Int, before: MessageID?, stopAt: MessagePosition?)
  case sendMessage(ConversationID, OutgoingMessage)
  case lookUpUser(UserQuery)
  /// The name of a file in the profile's `outbox` folder.
  case uploadImage(fileName: String)
  case listNotifications(limit: Int)
  case markNotificationsRead([NotificationID])
  case markAllNotificationsRead
  case serverVersion
}

/// How a user is looked up. By wallet, the server makes the user when it is new.
package enum UserQuery: Hashable, Sendable, Codable {
  case nickname(String)
  case id(UserID)
  case wallet(String)
}

/// The body of `POST …/messages`.
package struct OutgoingMessage: Hashable, Sendable, Codable {
  package var cid: ClientID
  package var content: String?
  package var mediaURL: String?
  package var mediaType: String?
  /// In SOL; nil for a free message.
  package var price: Double?
  /// The user's own metadata object, merged with our `{"fonana":{"cid":…,"v":1}}`.
  package var metadata: JSONText?

  package init(
    cid: ClientID, content: String?, mediaURL: String? = nil, mediaType: String? = nil,
    price: Double? = nil, metadata: JSONText? = nil
  ) {
    self.cid = cid
    self.content = content
    self.mediaURL = mediaURL
    self.mediaType = mediaType
    self.price = price
    self.metadata = metadata
  }
}
