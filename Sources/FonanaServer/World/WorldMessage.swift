package struct WorldMessage: Sendable, Equatable {
  package struct Purchase: Sendable, Equatable {
    package let id: String
    package let userID: String
    package let createdAt: Int64
  }

  package let id: String
  package let conversationID: String
  package let senderID: String
  package var content: String?
  package var mediaURL: String?
  package var mediaType: String?
  package var isPaid = false
  /// The digits of the price as the sender wrote them.
  var priceDigits: String?
  package var isRead = false
  /// Milliseconds since 1970; equal ones are ties, kept in the order of their arrival.
  package let createdAt: Int64
  package var metadata: WireJSON?
  package var purchases: [Purchase] = []

  package var price: Double? { priceDigits.flatMap { Double($0) } }

  func isBought(by userID: String) -> Bool {
    purchases.contains { $0.userID == userID }
  }

  /// The row of the database: what the answer to a send holds.
  func row(content shown: String?) -> [WireJSON.Member] {
    [
      .init(key: "id", value: .string(id)),
      .init(key: "conversationId", value: .string(conversationID)),
      .init(key: "senderId", value: .string(senderID)),
      .init(key: "content", value: .text(shown)),
      .init(key: "mediaUrl", value: .text(mediaURL)),
      .init(key: "mediaType", value: .text(mediaType)),
      .init(key: "isPaid", value: .bool(isPaid)),
      .init(key: "price", value: priceDigits.map { .number($0) } ?? .null),
      .init(key: "isRead", value: .bool(isRead)),
      .init(key: "createdAt", value: .string(Timestamp.text(createdAt))),
      .init(key: "metadata", value: metadata ?? .null),
    ]
  }

  /// The row of a page as `reader` gets it (docs/protocol.md, 4).
  func pageRow(for reader: String, sender: WireJSON, _ generation: ServerGeneration) -> WireJSON {
    let isOwn = senderID == reader
    let isBought = isBought(by: reader)
    // Generation A hides an unpaid text from its own sender too.
    let isLocked = isPaid && !isBought && (generation == .a || !isOwn)
    var members = row(content: isLocked ? nil : content)
    members.append(.init(key: "purchases", value: purchaseRows(of: reader)))
    members.append(.init(key: "sender", value: sender))
    members.append(.init(key: "isPurchased", value: .bool(isBought)))
    if generation == .b { members.append(.init(key: "isOwn", value: .bool(isOwn))) }
    return .object(members)
  }

  private func purchaseRows(of userID: String) -> WireJSON {
    .array(
      purchases.filter { $0.userID == userID }.map {
        ["id": .string($0.id), "createdAt": .string(Timestamp.text($0.createdAt))]
      })
  }
}
