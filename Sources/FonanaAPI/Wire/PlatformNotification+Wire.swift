import FonanaCore

extension PlatformNotification {
  /// nil without an id, a type and a date.
  init?(wire object: JSONObject) {
    guard let id: NotificationID = object.identifier("id"), let type = object.string("type"),
      let createdAt = object.timestamp("createdAt")
    else { return nil }
    let metadata = object["metadata"].flatMap { JSONCheck.isValid($0) ? $0 : nil }
    let message = object.string("message") ?? ""
    self.init(
      id: id, userID: object.identifier("userId"), type: type, title: object.string("title") ?? "",
      message: message, isRead: object["isRead"]?.bool ?? false, createdAt: createdAt,
      metadata: metadata.map { JSONText($0.text) },
      preview: type == "NEW_MESSAGE"
        ? metadata?.object.flatMap { MessagePreview(wire: $0, message: message) } : nil)
  }
}

extension MessagePreview {
  /// What the server writes instead of a text (docs/protocol.md, 7).
  private static let mediaPlaceholder = "Sent a media"
  private static let paidPhrase = " sent you a paid message"

  init?(wire metadata: JSONObject, message: String) {
    guard let conversationID: ConversationID = metadata.identifier("conversationId"),
      let messageID: MessageID = metadata.identifier("messageId"),
      let senderID: UserID = metadata.identifier("senderId")
    else { return nil }
    let name = metadata.string("senderName")
    let isPaid = (metadata["isPaid"]?.bool ?? false) || Self.isPaid(message, from: name)
    self.init(
      conversationID: conversationID, messageID: messageID, senderID: senderID, senderName: name,
      text: isPaid ? nil : Self.text(message, from: name), isPaid: isPaid,
      price: metadata.price("price"))
  }

  /// `<nickname> sent you a paid message (0.5 SOL)`; an ordinary text follows `<nickname>: `.
  private static func isPaid(_ message: String, from name: String?) -> Bool {
    guard let name else { return false }
    return message.utf8.starts(with: (name + paidPhrase).utf8)
  }

  private static func text(_ message: String, from name: String?) -> String? {
    var text = Substring(message)
    if let prefix = name.map({ $0 + ": " }), message.utf8.starts(with: prefix.utf8) {
      text = Substring(message.utf8.dropFirst(prefix.utf8.count))
    }
    // The server cuts after 50 UTF-16 units, which can split the last sign.
    if text.unicodeScalars.last == "\u{fffd}" { text.unicodeScalars.removeLast() }
    return text.isEmpty || text == mediaPlaceholder ? nil : String(text)
  }
}
