import FonanaCore

extension ServerMessage {
  /// Reads one message; a field that is not understood makes it damaged, not lost. nil without an
  /// id and a date.
  ///
  /// - Parameter conversation: the one that was asked for, when the message does not name any.
  init?(wire object: JSONObject, in conversation: ConversationID?, isTooDeep: Bool = false) {
    guard let id: MessageID = object.identifier("id"),
      let createdAt = object.timestamp("createdAt"),
      let conversationID: ConversationID = object.identifier("conversationId") ?? conversation
    else { return nil }
    let senderID: UserID? = object.identifier("senderId")
    let metadata = isTooDeep ? nil : object["metadata"].flatMap(Self.metadata)
    self.init(
      id: id, conversationID: conversationID, senderID: senderID ?? UserID(""),
      sender: UserProfile(wire: object["sender"]?.object), content: object.string("content"),
      mediaURL: object.string("mediaUrl"), mediaType: object.string("mediaType"),
      isPaid: object["isPaid"]?.bool ?? false, price: object.price("price"),
      isRead: object["isRead"]?.bool ?? false, isPurchased: object["isPurchased"]?.bool ?? false,
      createdAt: createdAt, metadata: metadata.map { JSONText($0.text) },
      cid: metadata.flatMap(Self.cid),
      isDamaged: isTooDeep || senderID == nil || Self.isOdd(object)
        || (object["metadata"] != nil && metadata == nil))
  }

  /// Reads an element of a messages answer. nil: nothing in it can be used.
  init?(wire element: JSONArrayStream.Element, in conversation: ConversationID?) {
    if let object = JSONSlice(element.bytes).object {
      self.init(wire: object, in: conversation, isTooDeep: element.depth > JSONCheck.depthLimit)
    } else {
      self.init(wire: JSONObject(readingStartOf: element.bytes), in: conversation)
      isDamaged = true
    }
  }

  /// `metadata.fonana.cid`, when it is a text.
  static func cid(in metadata: JSONSlice) -> ClientID? {
    metadata.object?["fonana"]?.object?.identifier("cid")
  }

  private static func metadata(_ slice: JSONSlice) -> JSONSlice? {
    JSONCheck.isValid(slice) ? slice : nil
  }

  private static func isOdd(_ object: JSONObject) -> Bool {
    ["content", "mediaUrl", "mediaType"].contains(where: object.isOddString)
      || ["isPaid", "isRead", "isPurchased"].contains(where: object.isOddBool)
      || (object["price"] != nil && object.price("price") == nil)
  }
}
