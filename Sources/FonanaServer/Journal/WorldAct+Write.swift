extension WorldAct {
  var json: WireJSON {
    switch self {
    case .addUser(let user), .updateUser(let user): ["act": "user", "user": user.journalJSON]
    case .deleteUser(let id): ["act": "deleteUser", "id": .string(id)]
    case .addConversation(let id, let from, let to, let createdAt):
      [
        "act": "conversation", "id": .string(id), "from": .string(from), "to": .string(to),
        "createdAt": .int(createdAt),
      ]
    case .addMessage(let message): ["act": "message", "message": message.journalJSON]
    case .touchConversation(let id, let at):
      ["act": "touch", "id": .string(id), "at": .int(at)]
    case .markRead(let id, let reader):
      ["act": "read", "id": .string(id), "reader": .string(reader)]
    case .editMessage(let id, let content):
      ["act": "edit", "id": .string(id), "content": .text(content)]
    case .deleteMessage(let id): ["act": "deleteMessage", "id": .string(id)]
    case .purchase(let id, let purchase):
      ["act": "purchase", "id": .string(id), "purchase": purchase.journalJSON]
    case .addNotification(let row): ["act": "notification", "row": row.journalJSON]
    case .readNotifications(let user, let ids):
      ["act": "readNotifications", "user": .string(user), "ids": Self.list(ids)]
    case .deleteNotifications(let user, let ids):
      ["act": "deleteNotifications", "user": .string(user), "ids": Self.list(ids)]
    case .addUpload(let path, let file):
      [
        "act": "upload", "path": .string(path), "type": .string(file.contentType),
        "bytes": .string(Base64URL.encode(file.bytes)),
      ]
    case .revoke(let user, let until):
      ["act": "revoke", "user": .text(user), "until": .int(until)]
    }
  }

  private static func list(_ ids: [String]?) -> WireJSON {
    ids.map { .array($0.map { .string($0) }) } ?? .null
  }
}

extension WorldUser {
  fileprivate var journalJSON: WireJSON {
    [
      "id": .string(id), "wallet": .string(wallet), "nickname": .text(nickname),
      "fullName": .text(fullName), "bio": .text(bio), "avatar": .text(avatar),
      "isCreator": .bool(isCreator), "isVerified": .bool(isVerified),
      "createdAt": .int(createdAt),
    ]
  }
}

extension WorldMessage {
  fileprivate var journalJSON: WireJSON {
    [
      "id": .string(id), "conversation": .string(conversationID), "sender": .string(senderID),
      "content": .text(content), "mediaUrl": .text(mediaURL), "mediaType": .text(mediaType),
      "isPaid": .bool(isPaid), "price": priceDigits.map { .number($0) } ?? .null,
      "isRead": .bool(isRead), "createdAt": .int(createdAt), "metadata": metadata ?? .null,
    ]
  }
}

extension WorldMessage.Purchase {
  fileprivate var journalJSON: WireJSON {
    ["id": .string(id), "user": .string(userID), "createdAt": .int(createdAt)]
  }
}

extension WorldNotification {
  fileprivate var journalJSON: WireJSON {
    [
      "id": .string(id), "user": .string(userID), "type": .string(type),
      "title": .string(title), "message": .string(message), "isRead": .bool(isRead),
      "metadata": metadata ?? .null, "createdAt": .int(createdAt),
    ]
  }
}
