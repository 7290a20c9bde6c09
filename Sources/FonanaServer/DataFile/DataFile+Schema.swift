extension DataFile {
  static let schemaVersion: Int64 = 1

  /// `place` is the order of arrival: ties of a time keep it. Times are milliseconds since 1970.
  static let schema = [
    """
    CREATE TABLE users (
      place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, wallet TEXT NOT NULL, nickname TEXT,
      fullName TEXT, bio TEXT, avatar TEXT, isCreator INTEGER NOT NULL,
      isVerified INTEGER NOT NULL, createdAt INTEGER NOT NULL)
    """,
    """
    CREATE TABLE conversations (
      place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, fromUserId TEXT NOT NULL,
      toUserId TEXT NOT NULL, createdAt INTEGER NOT NULL, lastMessageAt INTEGER)
    """,
    """
    CREATE TABLE messages (
      place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversationId TEXT NOT NULL,
      senderId TEXT NOT NULL, content TEXT, mediaUrl TEXT, mediaType TEXT,
      isPaid INTEGER NOT NULL, price TEXT, isRead INTEGER NOT NULL, createdAt INTEGER NOT NULL,
      metadata TEXT)
    """,
    "CREATE INDEX messagesOfConversation ON messages (conversationId, isRead)",
    """
    CREATE TABLE purchases (
      place INTEGER PRIMARY KEY, id TEXT NOT NULL, messageId TEXT NOT NULL, userId TEXT NOT NULL,
      createdAt INTEGER NOT NULL)
    """,
    "CREATE INDEX purchasesOfMessage ON purchases (messageId)",
    """
    CREATE TABLE notifications (
      place INTEGER PRIMARY KEY, id TEXT NOT NULL, userId TEXT NOT NULL, type TEXT NOT NULL,
      title TEXT NOT NULL, message TEXT NOT NULL, isRead INTEGER NOT NULL, metadata TEXT,
      createdAt INTEGER NOT NULL)
    """,
    "CREATE INDEX notificationsOfUser ON notifications (userId)",
    """
    CREATE TABLE uploads (
      path TEXT PRIMARY KEY, contentType TEXT NOT NULL, bytes BLOB NOT NULL)
    """,
    // The user '' stands for everybody; seconds since 1970.
    "CREATE TABLE revocations (userId TEXT PRIMARY KEY, issuedUntil INTEGER NOT NULL)",
  ]
}
