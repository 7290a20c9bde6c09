extension DataFile {
  /// In an order in which each act finds what it is about.
  static func acts(
    in connection: borrowing SQLiteConnection
  ) throws(DataFileError) -> [WorldAct] {
    var acts: [WorldAct] = []
    try connection.query("SELECT * FROM users ORDER BY place") { acts.append(.addUser($0.user)) }
    try connection.query("SELECT * FROM conversations ORDER BY place") { row in
      acts.append(
        .addConversation(
          id: row.text(1), from: row.text(2), to: row.text(3), createdAt: row.integer(4)))
      if let at = row.integerIfAny(5) {
        acts.append(.touchConversation(id: row.text(1), lastMessageAt: at))
      }
    }
    try connection.query("SELECT * FROM messages ORDER BY place") {
      acts.append(.addMessage($0.message))
    }
    try connection.query("SELECT * FROM purchases ORDER BY place") { row in
      acts.append(
        .purchase(
          messageID: row.text(2),
          .init(id: row.text(1), userID: row.text(3), createdAt: row.integer(4))))
    }
    try connection.query("SELECT * FROM notifications ORDER BY place") {
      acts.append(.addNotification($0.notification))
    }
    try connection.query("SELECT * FROM uploads") { row in
      acts.append(
        .addUpload(path: row.text(0), .init(contentType: row.text(1), bytes: row.bytes(2))))
    }
    try connection.query("SELECT * FROM revocations") { row in
      acts.append(
        .revoke(
          userID: row.text(0).isEmpty ? nil : row.text(0), issuedUntil: row.integer(1)))
    }
    return acts
  }
}

extension SQLiteRow {
  fileprivate var user: WorldUser {
    WorldUser(
      id: text(1), wallet: text(2), nickname: textIfAny(3), fullName: textIfAny(4),
      bio: textIfAny(5), avatar: textIfAny(6), isCreator: flag(7), isVerified: flag(8),
      createdAt: integer(9))
  }

  fileprivate var message: WorldMessage {
    var message = WorldMessage(
      id: text(1), conversationID: text(2), senderID: text(3), content: textIfAny(4),
      mediaURL: textIfAny(5), mediaType: textIfAny(6), isPaid: flag(7), isRead: flag(9),
      createdAt: integer(10), metadata: json(11))
    message.priceDigits = textIfAny(8)
    return message
  }

  fileprivate var notification: WorldNotification {
    WorldNotification(
      id: text(1), userID: text(2), type: text(3), title: text(4), message: text(5),
      isRead: flag(6), metadata: json(7), createdAt: integer(8))
  }
}
