/// What tests and the control interface do to the world without a request.
extension World {
  /// Without a wallet, one that nobody has is made up; without a nickname, the server's own pattern.
  package func makeUser(
    wallet: String? = nil, nickname: String? = nil, isCreator: Bool = false
  ) -> WorldUser {
    update { state in
      let wallet = wallet ?? state.makeWallet()
      var user = state.findOrMakeUser(wallet: wallet)
      user.nickname = nickname ?? user.nickname
      user.isCreator = isCreator
      state.perform(.updateUser(user))
      return user
    }
  }

  package func updateUser(_ user: WorldUser) {
    update { $0.perform(.updateUser(user)) }
  }

  package func renameUser(_ id: String, nickname: String?) {
    update { state in
      guard var user = state.users[id] else { return }
      user.nickname = nickname
      state.perform(.updateUser(user))
    }
  }

  /// Their conversations disappear too, for the other party as well.
  package func deleteUser(_ id: String) {
    update { $0.perform(.deleteUser(id)) }
  }

  /// The conversation of the two users; an existing one is returned.
  @discardableResult
  package func makeConversation(_ from: String, _ to: String, at: Int64? = nil) -> String {
    update { $0.openConversation(from: from, to: to, at: at)?.id ?? "" }
  }

  /// Sends as that user: message and notification.
  /// - Parameters:
  ///   - at: `createdAt` in milliseconds since 1970; equal ones make ties. nil: now.
  ///   - push: whether the recipient's socket gets the event; nil: as the settings say.
  @discardableResult
  package func send(
    from senderID: String, in conversationID: String, _ draft: MessageDraft, at: Int64? = nil,
    push: Bool? = nil
  ) -> WorldMessage {
    update { state in
      let message = state.store(draft, from: senderID, in: conversationID, at: at)
      state.notify(about: message, draft, pushes: push)
      return message
    }
  }

  @discardableResult
  package func send(
    from senderID: String, to recipientID: String, _ text: String, at: Int64? = nil,
    push: Bool? = nil
  ) -> WorldMessage {
    let conversationID = makeConversation(senderID, recipientID)
    return send(from: senderID, in: conversationID, MessageDraft(text), at: at, push: push)
  }

  /// Many messages in one step, without notifications: `draft` gives each of them and its
  /// `createdAt` in milliseconds.
  package func fill(
    _ conversationID: String, count: Int, isRead: Bool = true,
    _ draft: (Int) -> (senderID: String, draft: MessageDraft, at: Int64)
  ) {
    update { state in
      for index in 0..<count {
        let (senderID, draft, at) = draft(index)
        var message = WorldMessage(
          id: state.makeID(), conversationID: conversationID, senderID: senderID,
          content: draft.content, mediaURL: draft.mediaURL, mediaType: draft.mediaType,
          isPaid: draft.isPaid, priceDigits: draft.priceDigits, createdAt: at,
          metadata: draft.metadata)
        message.isRead = isRead
        state.perform(.addMessage(message))
      }
    }
  }

  package func deleteMessage(_ id: String) {
    update { $0.perform(.deleteMessage(id)) }
  }

  package func editMessage(_ id: String, content: String?) {
    update { $0.perform(.editMessage(id: id, content: content)) }
  }

  package func purchase(_ messageID: String, by userID: String) {
    update { state in
      let purchase = WorldMessage.Purchase(
        id: state.makeID(), userID: userID, createdAt: state.now())
      state.perform(.purchase(messageID: messageID, purchase))
    }
  }

  /// As if that user had read it in a browser; no tick is counted.
  package func markRead(_ conversationID: String, by userID: String) {
    update { $0.perform(.markRead(conversationID: conversationID, readerID: userID)) }
  }

  @discardableResult
  package func addNotification(
    for userID: String, type: String, title: String, message: String, metadata: WireJSON? = nil,
    push: Bool? = nil
  ) -> WorldNotification {
    update { state in
      let row = WorldNotification(
        id: state.makeID(), userID: userID, type: type, title: title, message: message,
        metadata: metadata, createdAt: state.now())
      state.perform(.addNotification(row))
      if push ?? state.pushSettings.isEnabled { state.push(row) }
      return row
    }
  }

  /// A token of the user, for callers that speak HTTP themselves; nil for an unknown user.
  package func issueToken(for userID: String) -> String? {
    update { state in state.users[userID].map { state.issueToken(for: $0) } }
  }

  /// Refuses every token of the user that was issued until now; later ones are good.
  package func revokeTokens(of userID: String) {
    update { $0.revokeTokens(of: userID) }
  }

  package func revokeAllTokens() {
    update { $0.revokeAllTokens() }
  }
}
