extension WorldState {
  /// A signature that begins with this is one that the chain never confirms.
  static let unconfirmedPrefix = "unconfirmed"

  mutating func purchase(
    _ messageID: String, _ request: APIRequest, _ route: Route
  ) throws(Rejection) -> APIResponse {
    let caller = try caller(request, route)
    let body = try request.json(orFail: "Failed to purchase message")
    guard let signature = body["txSignature"]?.stringValue, !signature.isEmpty else {
      throw Rejection(400, "Transaction signature required")
    }
    let user = try user(of: caller)
    let message = try purchasable(messageID, for: user)
    guard !signature.hasPrefix(Self.unconfirmedPrefix) else {
      throw Rejection(400, "Transaction not confirmed")
    }
    let purchase = WorldMessage.Purchase(id: makeID(), userID: user.id, createdAt: now())
    perform(.purchase(messageID: messageID, purchase))
    return .json(purchaseAnswer(purchase, of: message, signature))
  }

  private func purchasable(_ id: String, for user: WorldUser) throws(Rejection) -> WorldMessage {
    guard let message = message(id: id) else { throw Rejection(404, "Message not found") }
    guard message.isPaid, message.priceDigits != nil else {
      throw Rejection(400, "Message is not paid")
    }
    _ = try conversation(message.conversationID, for: user)
    guard !message.isBought(by: user.id) else {
      throw Rejection(400, "Message already purchased")
    }
    return message
  }

  private func purchaseAnswer(
    _ purchase: WorldMessage.Purchase, of message: WorldMessage, _ signature: String
  ) -> WireJSON {
    let sender = users[message.senderID]?.brief() ?? .null
    let row = message.row(content: message.content) + [.init(key: "sender", value: sender)]
    return [
      "purchase": [
        "id": .string(purchase.id), "messageId": .string(message.id),
        "userId": .string(purchase.userID),
        "amount": message.priceDigits.map { .number($0) } ?? .null,
        "txSignature": .string(signature),
        "createdAt": .string(Timestamp.text(purchase.createdAt)),
      ],
      "message": .object(row),
    ]
  }
}
