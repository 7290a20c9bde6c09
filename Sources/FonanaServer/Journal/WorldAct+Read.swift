extension WorldAct {
  /// nil for a line that is none of ours.
  init?(json: WireJSON) {
    let id = json["id"]?.stringValue ?? ""
    let user = json["user"]?.stringValue
    switch json["act"]?.stringValue {
    case "user":
      guard let user = json["user"].flatMap(WorldUser.init(journal:)) else { return nil }
      self = .updateUser(user)
    case "deleteUser": self = .deleteUser(id)
    case "conversation":
      guard let from = json["from"]?.stringValue, let to = json["to"]?.stringValue else {
        return nil
      }
      self = .addConversation(id: id, from: from, to: to, createdAt: json.time("createdAt"))
    case "message":
      guard let message = json["message"].flatMap(WorldMessage.init(journal:)) else { return nil }
      self = .addMessage(message)
    case "touch": self = .touchConversation(id: id, lastMessageAt: json.time("at"))
    case "read":
      self = .markRead(conversationID: id, readerID: json["reader"]?.stringValue ?? "")
    case "edit": self = .editMessage(id: id, content: json["content"]?.stringValue)
    case "deleteMessage": self = .deleteMessage(id)
    case "purchase":
      guard let purchase = json["purchase"].flatMap(WorldMessage.Purchase.init(journal:)) else {
        return nil
      }
      self = .purchase(messageID: id, purchase)
    case "notification":
      guard let row = json["row"].flatMap(WorldNotification.init(journal:)) else { return nil }
      self = .addNotification(row)
    case "readNotifications": self = .readNotifications(userID: user ?? "", ids: json.ids)
    case "deleteNotifications": self = .deleteNotifications(userID: user ?? "", ids: json.ids)
    case "upload":
      guard let path = json["path"]?.stringValue, let text = json["bytes"]?.stringValue,
        let bytes = Base64URL.decode(text[...])
      else { return nil }
      let type = json["type"]?.stringValue ?? ""
      self = .addUpload(path: path, UploadedFile(contentType: type, bytes: bytes))
    case "revoke": self = .revoke(userID: user, issuedUntil: json.time("until"))
    default: return nil
    }
  }
}

extension WireJSON {
  fileprivate func time(_ name: String) -> Int64 {
    Int64(self[name]?.intValue ?? 0)
  }

  fileprivate func flag(_ name: String) -> Bool {
    self[name]?.boolValue ?? false
  }

  fileprivate var ids: [String]? {
    self["ids"]?.arrayValue?.compactMap(\.stringValue)
  }

  fileprivate var metadata: WireJSON? {
    self["metadata"].flatMap { $0 == .null ? nil : $0 }
  }
}

extension WorldUser {
  fileprivate init?(journal json: WireJSON) {
    guard let id = json["id"]?.stringValue, let wallet = json["wallet"]?.stringValue else {
      return nil
    }
    self.init(
      id: id, wallet: wallet, nickname: json["nickname"]?.stringValue,
      fullName: json["fullName"]?.stringValue, bio: json["bio"]?.stringValue,
      avatar: json["avatar"]?.stringValue, isCreator: json.flag("isCreator"),
      isVerified: json.flag("isVerified"), createdAt: json.time("createdAt"))
  }
}

extension WorldMessage {
  fileprivate init?(journal json: WireJSON) {
    guard let id = json["id"]?.stringValue, let sender = json["sender"]?.stringValue,
      let conversation = json["conversation"]?.stringValue
    else { return nil }
    self.init(
      id: id, conversationID: conversation, senderID: sender,
      content: json["content"]?.stringValue, mediaURL: json["mediaUrl"]?.stringValue,
      mediaType: json["mediaType"]?.stringValue, isPaid: json.flag("isPaid"),
      isRead: json.flag("isRead"), createdAt: json.time("createdAt"), metadata: json.metadata)
    if case .number(let digits) = json["price"] { priceDigits = digits }
  }
}

extension WorldMessage.Purchase {
  fileprivate init?(journal json: WireJSON) {
    guard let id = json["id"]?.stringValue, let user = json["user"]?.stringValue else { return nil }
    self.init(id: id, userID: user, createdAt: json.time("createdAt"))
  }
}

extension WorldNotification {
  fileprivate init?(journal json: WireJSON) {
    guard let id = json["id"]?.stringValue, let user = json["user"]?.stringValue else { return nil }
    self.init(
      id: id, userID: user, type: json["type"]?.stringValue ?? "",
      title: json["title"]?.stringValue ?? "", message: json["message"]?.stringValue ?? "",
      isRead: json.flag("isRead"), metadata: json.metadata, createdAt: json.time("createdAt"))
  }
}
