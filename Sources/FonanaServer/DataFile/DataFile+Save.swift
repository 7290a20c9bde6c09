extension DataFile {
  /// What `WorldState.perform` does to the world, done to the tables.
  static func save(
    _ act: WorldAct, in connection: borrowing SQLiteConnection
  ) throws(DataFileError) {
    switch act {
    case .addUser(let user), .updateUser(let user): try save(user, in: connection)
    case .deleteUser(let id): try deleteUser(id, in: connection)
    case .addConversation(let id, let from, let to, let createdAt):
      try connection.execute(
        """
        INSERT INTO conversations (id, fromUserId, toUserId, createdAt) VALUES (?, ?, ?, ?)
        """, [.text(id), .text(from), .text(to), .integer(createdAt)])
    case .addMessage(let message): try save(message, in: connection)
    case .touchConversation(let id, let at):
      try connection.execute(
        "UPDATE conversations SET lastMessageAt = ? WHERE id = ?", [.integer(at), .text(id)])
    case .markRead(let id, let reader): try markRead(id, by: reader, in: connection)
    case .editMessage(let id, let content):
      try connection.execute(
        "UPDATE messages SET content = ? WHERE id = ?", [.text(content), .text(id)])
    case .deleteMessage(let id):
      try connection.execute("DELETE FROM purchases WHERE messageId = ?", [.text(id)])
      try connection.execute("DELETE FROM messages WHERE id = ?", [.text(id)])
    case .purchase(let id, let purchase): try save(purchase, of: id, in: connection)
    case .addNotification(let row): try save(row, in: connection)
    case .readNotifications(let user, let ids):
      try change("UPDATE notifications SET isRead = 1 WHERE userId = ?", user, ids, in: connection)
    case .deleteNotifications(let user, nil):
      try change(
        "DELETE FROM notifications WHERE isRead = 1 AND userId = ?", user, nil, in: connection)
    case .deleteNotifications(let user, let ids):
      try change("DELETE FROM notifications WHERE userId = ?", user, ids, in: connection)
    case .addUpload(let path, let file):
      try connection.execute(
        "INSERT OR REPLACE INTO uploads VALUES (?, ?, ?)",
        [.text(path), .text(file.contentType), .bytes(file.bytes)])
    case .revoke(let user, let until):
      try connection.execute(
        """
        INSERT INTO revocations VALUES (?, ?)
        ON CONFLICT DO UPDATE SET issuedUntil = max(issuedUntil, excluded.issuedUntil)
        """, [.text(user ?? ""), .integer(until)])
    }
  }

  private static func save(
    _ user: WorldUser, in connection: borrowing SQLiteConnection
  ) throws(DataFileError) {
    try connection.execute(
      """
      INSERT INTO users
        (id, wallet, nickname, fullName, bio, avatar, isCreator, isVerified, createdAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET
        wallet = excluded.wallet, nickname = excluded.nickname, fullName = excluded.fullName,
        bio = excluded.bio, avatar = excluded.avatar, isCreator = excluded.isCreator,
        isVerified = excluded.isVerified, createdAt = excluded.createdAt
      """,
      [
        .text(user.id), .text(user.wallet), .text(user.nickname), .text(user.fullName),
        .text(user.bio), .text(user.avatar), .flag(user.isCreator), .flag(user.isVerified),
        .integer(user.createdAt),
      ])
  }

  /// Their conversations go with them.
  private static func deleteUser(
    _ id: String, in connection: borrowing SQLiteConnection
  ) throws(DataFileError) {
    let conversations = "SELECT id FROM conversations WHERE fromUserId = ?1 OR toUserId = ?1"
    let messages = "SELECT id FROM messages WHERE conversationId IN (\(conversations))"
    for sql in [
      "DELETE FROM purchases WHERE messageId IN (\(messages))",
      "DELETE FROM messages WHERE conversationId IN (\(conversations))",
      "DELETE FROM conversations WHERE fromUserId = ?1 OR toUserId = ?1",
      "DELETE FROM notifications WHERE userId = ?1",
      "DELETE FROM users WHERE id = ?1",
    ] {
      try connection.execute(sql, [.text(id)])
    }
  }

  private static func save(
    _ message: WorldMessage, in connection: borrowing SQLiteConnection
  ) throws(DataFileError) {
    try connection.execute(
      """
      INSERT INTO messages
        (id, conversationId, senderId, content, mediaUrl, mediaType, isPaid, price, isRead,
         createdAt, metadata)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(message.id), .text(message.conversationID), .text(message.senderID),
        .text(message.content), .text(message.mediaURL), .text(message.mediaType),
        .flag(message.isPaid), .text(message.priceDigits), .flag(message.isRead),
        .integer(message.createdAt), .json(message.metadata),
      ])
  }

  private static func markRead(
    _ id: String, by reader: String, in connection: borrowing SQLiteConnection
  ) throws(DataFileError) {
    try connection.execute(
      """
      UPDATE messages SET isRead = 1
      WHERE conversationId = ?1 AND isRead = 0 AND senderId =
        (SELECT CASE WHEN fromUserId = ?2 THEN toUserId ELSE fromUserId END
         FROM conversations WHERE id = ?1)
      """, [.text(id), .text(reader)])
  }

  private static func save(
    _ purchase: WorldMessage.Purchase, of messageID: String,
    in connection: borrowing SQLiteConnection
  ) throws(DataFileError) {
    try connection.execute(
      "INSERT INTO purchases (id, messageId, userId, createdAt) VALUES (?, ?, ?, ?)",
      [
        .text(purchase.id), .text(messageID), .text(purchase.userID),
        .integer(purchase.createdAt),
      ])
  }

  private static func save(
    _ row: WorldNotification, in connection: borrowing SQLiteConnection
  ) throws(DataFileError) {
    try connection.execute(
      """
      INSERT INTO notifications (id, userId, type, title, message, isRead, metadata, createdAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(row.id), .text(row.userID), .text(row.type), .text(row.title), .text(row.message),
        .flag(row.isRead), .json(row.metadata), .integer(row.createdAt),
      ])
  }

  /// Carries out `sql` for all notifications of a user, or for some.
  private static func change(
    _ sql: String, _ user: String, _ ids: [String]?, in connection: borrowing SQLiteConnection
  ) throws(DataFileError) {
    guard let ids else { return try connection.execute(sql, [.text(user)]) }
    for id in ids { try connection.execute(sql + " AND id = ?", [.text(user), .text(id)]) }
  }
}
