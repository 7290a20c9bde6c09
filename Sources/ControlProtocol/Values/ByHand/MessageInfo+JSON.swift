import FonanaCore

extension MessageInfo: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("cid", cid?.rawValue)
      json.member("content", content)
      json.member("conversationId", conversationId?.rawValue)
      json.member("createdAt", createdAt)
      json.member("id", id?.rawValue)
      json.member("isComplete", isComplete)
      json.member("isOwn", isOwn)
      json.member("isPaid", isPaid)
      json.member("isPurchased", isPurchased)
      json.member("isRead", isRead)
      json.member("isUnread", isUnread)
      json.member("mediaType", mediaType)
      json.member("mediaUrl", mediaUrl)
      json.member("metadata", metadata)
      json.member("price", price)
      json.member("queuedAt", queuedAt)
      json.member("sender", sender)
      json.member("senderId", senderId?.rawValue)
      json.member("state", state.rawValue)
      json.member("truncated", truncated)
    }
  }

  init(_ json: JSONReader) throws(FonanaError) {
    self.init(
      id: try json.optionalText("id").map { MessageID($0) },
      cid: try json.optionalText("cid").map { ClientID($0) },
      conversationId: try json.optionalText("conversationId").map { ConversationID($0) },
      senderId: try json.optionalText("senderId").map { UserID($0) },
      sender: try json.optionalText("sender"), content: try json.optionalText("content"),
      createdAt: try json.optionalTime("createdAt"), queuedAt: try json.optionalTime("queuedAt"),
      isOwn: try json.flag("isOwn"), isUnread: try json.flag("isUnread"),
      isRead: try json.flag("isRead"), isComplete: try json.flag("isComplete"),
      isPaid: try json.flag("isPaid"), price: try json.optionalDouble("price"),
      isPurchased: try json.flag("isPurchased"), mediaUrl: try json.optionalText("mediaUrl"),
      mediaType: try json.optionalText("mediaType"), metadata: json.optionalValue("metadata"),
      state: try json.word("state") { State(rawValue: $0) },
      truncated: try json.flag("truncated"))
  }
}
