/// One change of the stored world. Everything that a restart must bring back goes through these,
/// so that the data file is complete.
enum WorldAct: Sendable {
  case addUser(WorldUser)
  case updateUser(WorldUser)
  case deleteUser(String)
  case addConversation(id: String, from: String, to: String, createdAt: Int64)
  case addMessage(WorldMessage)
  case touchConversation(id: String, lastMessageAt: Int64)
  case markRead(conversationID: String, readerID: String)
  case editMessage(id: String, content: String?)
  case deleteMessage(String)
  case purchase(messageID: String, WorldMessage.Purchase)
  case addNotification(WorldNotification)
  /// nil: all of them.
  case readNotifications(userID: String, ids: [String]?)
  /// nil: those that have been read.
  case deleteNotifications(userID: String, ids: [String]?)
  case addUpload(path: String, UploadedFile)
  /// Tokens with this `iat` or an older one are refused; nil: everybody's. Seconds since 1970.
  case revoke(userID: String?, issuedUntil: Int64)
}
