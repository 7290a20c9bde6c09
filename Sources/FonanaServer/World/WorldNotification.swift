package struct WorldNotification: Sendable, Equatable {
  package let id: String
  package let userID: String
  package let type: String
  package let title: String
  package let message: String
  package var isRead = false
  package let metadata: WireJSON?
  /// Milliseconds since 1970.
  package let createdAt: Int64

  var json: WireJSON {
    [
      "id": .string(id), "userId": .string(userID), "type": .string(type),
      "title": .string(title), "message": .string(message), "isRead": .bool(isRead),
      "metadata": metadata ?? .null, "createdAt": .string(Timestamp.text(createdAt)),
    ]
  }
}
