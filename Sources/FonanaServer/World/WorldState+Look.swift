extension WorldState {
  package func user(id: String) -> WorldUser? {
    users[id]
  }

  package func user(wallet: String) -> WorldUser? {
    userIDsByWallet[wallet].flatMap { users[$0] }
  }

  /// Case does not matter.
  package func user(nickname: String) -> WorldUser? {
    userIDsByNickname[nickname.lowercased()].flatMap { users[$0] }
  }

  package func conversationIDs(of userID: String) -> [String] {
    conversationIDsByUser[userID] ?? []
  }

  package func conversationID(of one: String, and other: String) -> String? {
    conversationIDsByPair[UserPair(one, other)]
  }

  /// Oldest first.
  package func messages(in conversationID: String) -> [WorldMessage] {
    conversations[conversationID]?.messages ?? []
  }

  package func messageCount(in conversationID: String) -> Int {
    conversations[conversationID]?.messages.count ?? 0
  }

  package func message(id: String) -> WorldMessage? {
    guard let place = messagePlaces[id], let conversation = conversations[place.conversationID],
      let index = conversation.index(of: id, createdAt: place.createdAt)
    else { return nil }
    return conversation.messages[index]
  }

  package func unreadCount(in conversationID: String, of userID: String) -> Int {
    conversations[conversationID]?.unreadCount(of: userID) ?? 0
  }

  /// Oldest first.
  package func notifications(of userID: String) -> [WorldNotification] {
    shelves[userID]?.rows ?? []
  }
}

extension WorldState {
  /// What some servers send behind `subscribed`; nil when there is nothing unread or this one
  /// does not.
  func unreadEvent(of userID: String) -> WireJSON? {
    guard settings.sendsUnreadNotifications, let shelf = shelves[userID], shelf.unreadCount > 0
    else { return nil }
    let rows = shelf.newest(20, unreadOnly: true).map(\.json)
    return [
      "type": "unread_notifications",
      "data": ["notifications": .array(rows), "count": .int(rows.count)],
    ]
  }
}
