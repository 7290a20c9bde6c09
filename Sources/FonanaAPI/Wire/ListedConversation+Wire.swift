import FonanaCore

extension ListedConversation {
  /// nil without an id and a participant.
  init?(wire object: JSONObject) {
    guard let id: ConversationID = object.identifier("id"),
      let participant = UserProfile(wire: object["participant"]?.object)
    else { return nil }
    self.init(
      id: id, participant: participant,
      last: object["lastMessage"]?.object.flatMap(ListedMessage.init(wire:)),
      unread: max(0, object["unreadCount"]?.integer ?? 0), createdAt: object.timestamp("createdAt"))
  }
}

extension ListedMessage {
  init?(wire object: JSONObject) {
    guard let id: MessageID = object.identifier("id"),
      let senderID: UserID = object.identifier("senderId"),
      let createdAt = object.timestamp("createdAt")
    else { return nil }
    let isPaid = object["isPaid"]?.bool ?? false
    self.init(
      id: id, content: isPaid ? nil : object.string("content"), senderID: senderID,
      createdAt: createdAt, isPaid: isPaid, price: object.price("price"))
  }
}
