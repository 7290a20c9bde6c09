extension WorldState {
  /// Applies a change and remembers that it has to be saved. Acts about unknown things do nothing.
  mutating func perform(_ act: WorldAct) {
    unsaved?.append(act)
    switch act {
    case .addUser(let user), .updateUser(let user): set(user)
    case .deleteUser(let id): removeUser(id)
    case .addConversation(let id, let from, let to, let createdAt):
      add(WorldConversation(id: id, from: from, to: to, createdAt: createdAt))
    case .addMessage(let message): add(message)
    case .touchConversation(let id, let at): conversations[id]?.lastMessageAt = at
    case .markRead(let id, let reader): _ = conversations[id]?.markRead(by: reader)
    case .editMessage(let id, let content): updateMessage(id) { $0.content = content }
    case .deleteMessage(let id): removeMessage(id)
    case .purchase(let id, let purchase): updateMessage(id) { $0.purchases.append(purchase) }
    case .addNotification(let row): shelves[row.userID, default: .init()].insert(row)
    case .readNotifications(let user, let ids): _ = shelves[user]?.markRead(ids.map { Set($0) })
    case .deleteNotifications(let user, let ids): shelves[user]?.delete(ids.map { Set($0) })
    case .addUpload(let path, let file): uploads[path] = file
    case .revoke(let user, let until): revoke(user, until: until)
    }
  }

  private mutating func set(_ user: WorldUser) {
    if let old = users[user.id]?.nickname { userIDsByNickname[old.lowercased()] = nil }
    users[user.id] = user
    userIDsByWallet[user.wallet] = user.id
    if let nickname = user.nickname { userIDsByNickname[nickname.lowercased()] = user.id }
  }

  /// Their conversations go with them, as the real database cascades.
  private mutating func removeUser(_ id: String) {
    guard let user = users.removeValue(forKey: id) else { return }
    userIDsByWallet[user.wallet] = nil
    if let nickname = user.nickname { userIDsByNickname[nickname.lowercased()] = nil }
    shelves[id] = nil
    for conversationID in conversationIDsByUser.removeValue(forKey: id) ?? [] {
      removeConversation(conversationID)
    }
  }

  private mutating func removeConversation(_ id: String) {
    guard let conversation = conversations.removeValue(forKey: id) else { return }
    for message in conversation.messages { messagePlaces[message.id] = nil }
    let (from, to) = (conversation.fromUserID, conversation.toUserID)
    conversationIDsByPair[UserPair(from, to)] = nil
    for user in [from, to] { conversationIDsByUser[user]?.removeAll { $0 == id } }
  }

  private mutating func add(_ conversation: WorldConversation) {
    let (from, to) = (conversation.fromUserID, conversation.toUserID)
    conversations[conversation.id] = conversation
    conversationIDsByPair[UserPair(from, to)] = conversation.id
    for user in Set([from, to]) {
      conversationIDsByUser[user, default: []].append(conversation.id)
    }
  }

  private mutating func add(_ message: WorldMessage) {
    guard conversations[message.conversationID] != nil else { return }
    conversations[message.conversationID]?.insert(message)
    messagePlaces[message.id] = MessagePlace(
      conversationID: message.conversationID, createdAt: message.createdAt)
  }

  private mutating func updateMessage(_ id: String, _ change: (inout WorldMessage) -> Void) {
    guard let place = messagePlaces[id],
      let index = conversations[place.conversationID]?.index(of: id, createdAt: place.createdAt)
    else { return }
    conversations[place.conversationID]?.update(at: index, change)
  }

  private mutating func removeMessage(_ id: String) {
    guard let place = messagePlaces.removeValue(forKey: id),
      let index = conversations[place.conversationID]?.index(of: id, createdAt: place.createdAt)
    else { return }
    conversations[place.conversationID]?.remove(at: index)
  }

  private mutating func revoke(_ userID: String?, until: Int64) {
    if let userID {
      revokedUntil[userID] = max(until, revokedUntil[userID] ?? 0)
    } else {
      allRevokedUntil = max(until, allRevokedUntil)
    }
  }
}
