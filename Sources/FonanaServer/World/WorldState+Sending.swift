extension WorldState {
  /// The first of the two steps of a send: the message is stored.
  mutating func store(
    _ draft: MessageDraft, from senderID: String, in conversationID: String, at: Int64? = nil
  ) -> WorldMessage {
    let message = WorldMessage(
      id: makeID(), conversationID: conversationID, senderID: senderID, content: draft.content,
      mediaURL: draft.mediaURL, mediaType: draft.mediaType, isPaid: draft.isPaid,
      priceDigits: draft.priceDigits, createdAt: at ?? now(), metadata: draft.metadata)
    perform(.addMessage(message))
    if generation == .a {
      perform(.touchConversation(id: conversationID, lastMessageAt: at ?? now()))
    }
    return message
  }

  /// The second step: the recipient's notification, and its push when asked for.
  mutating func notify(
    about message: WorldMessage, _ draft: MessageDraft, pushes: Bool? = nil
  ) {
    guard let conversation = conversations[message.conversationID],
      let sender = users[message.senderID]
    else { return }
    let row = WorldNotification(
      id: makeID(), userID: conversation.partner(of: sender.id), type: "NEW_MESSAGE",
      title: "New message", message: Self.notice(of: draft, by: sender),
      metadata: Self.noticeMetadata(message, draft, sender), createdAt: message.createdAt)
    perform(.addNotification(row))
    if pushes ?? pushSettings.isEnabled { push(row) }
  }

  mutating func push(_ row: WorldNotification) {
    push(
      ["type": "notification", "userId": .string(row.userID), "notification": row.json],
      to: row.userID)
  }

  /// Queues an event, as often and in the order that the settings say.
  mutating func push(_ event: WireJSON, to userID: String) {
    let push = Push(userID: userID, text: event.text)
    let copies = [Push](repeating: push, count: max(1, pushSettings.copies))
    guard pushSettings.swapsPairs else {
      outbox += copies
      return
    }
    if let held = heldPush {
      outbox += copies + [held]
      heldPush = nil
    } else {
      heldPush = push
    }
  }

  private static func notice(of draft: MessageDraft, by sender: WorldUser) -> String {
    let name = sender.nickname ?? "User"
    if draft.isPaid { return "\(name) sent you a paid message (\(draft.priceDigits ?? "0") SOL)" }
    // JavaScript cuts UTF-16 units; half a pair becomes U+FFFD on its way to the database.
    let start = String(decoding: (draft.content ?? "").utf16.prefix(50), as: UTF16.self)
    return "\(name): \(start.isEmpty ? "Sent a media" : start)"
  }

  private static func noticeMetadata(
    _ message: WorldMessage, _ draft: MessageDraft, _ sender: WorldUser
  ) -> WireJSON {
    let metadata: WireJSON = [
      "conversationId": .string(message.conversationID), "messageId": .string(message.id),
      "senderId": .string(sender.id), "senderName": .string(sender.nickname ?? "User"),
    ]
    return metadata.adding(draft.noticeMembers)
  }
}
