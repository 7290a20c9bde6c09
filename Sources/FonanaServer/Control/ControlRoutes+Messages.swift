extension ControlRoutes {
  func listConversations(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let user = try user(try request.needed("user"))
    let rows = world.read { state in
      state.conversationIDs(of: user.id).compactMap { state.conversations[$0] }.map {
        Self.row($0, for: user.id)
      }
    }
    return ["conversations": .array(rows)]
  }

  private static func row(_ conversation: WorldConversation, for userID: String) -> WireJSON {
    [
      "id": .string(conversation.id), "partnerId": .string(conversation.partner(of: userID)),
      "messageCount": .int(conversation.messages.count),
      "unreadCount": .int(conversation.unreadCount(of: userID)),
    ]
  }

  /// `between`: two users.
  func makeConversation(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let names = request.body["between"]?.arrayValue?.compactMap(\.stringValue) ?? []
    guard names.count == 2 else { throw Rejection(400, "\"between\" names two users.") }
    let id = world.makeConversation(try user(names[0]).id, try user(names[1]).id)
    return ["id": .string(id)]
  }

  /// The truth, oldest first, with every text.
  func listMessages(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let messages = world.messages(in: try conversationID(request))
    return ["messages": .array(messages.map { .object($0.row(content: $0.content)) })]
  }

  /// Sends as `from`, `count` times; the texts of several get their number behind.
  func sendMessages(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let sender = try user(try request.needed("from"))
    let conversationID = try conversationID(request)
    let count = request.int("count") ?? 1
    let draft = MessageDraft(request.body)
    var rows: [WireJSON] = []
    for number in 0..<max(0, count) {
      var draft = draft
      if count > 1, let content = draft.content { draft.content = "\(content) \(number + 1)" }
      let message = world.send(
        from: sender.id, in: conversationID, draft, at: request.int("createdAt").map { Int64($0) },
        push: request.flag("push"))
      rows.append(.object(message.row(content: message.content)))
    }
    return ["messages": .array(rows)]
  }

  func editMessage(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    world.editMessage(try messageID(request), content: request.text("content"))
    return [:]
  }

  func deleteMessage(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    world.deleteMessage(try messageID(request))
    return [:]
  }

  func markRead(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    world.markRead(
      try conversationID(request), by: try user(try request.needed("user")).id)
    return [:]
  }

  func purchase(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    world.purchase(try messageID(request), by: try user(try request.needed("user")).id)
    return [:]
  }

  func listNotifications(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let user = try user(try request.needed("user"))
    return ["notifications": .array(world.notifications(of: user.id).map(\.json))]
  }

  func addNotification(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let row = world.addNotification(
      for: try user(try request.needed("user")).id, type: try request.needed("type"),
      title: request.text("title") ?? "", message: request.text("message") ?? "",
      metadata: request.body["metadata"], push: request.flag("push"))
    return ["notification": row.json]
  }

  private func messageID(_ request: ControlRequest) throws(Rejection) -> String {
    let id = try request.needed("id")
    guard world.message(id: id) != nil else { throw Rejection(404, "There is no message \(id).") }
    return id
  }

  /// `conversation`, or that of `from` and `to`, which is made when there is none.
  private func conversationID(_ request: ControlRequest) throws(Rejection) -> String {
    guard let id = request.text("conversation") else {
      let from = try user(try request.needed("from"))
      return world.makeConversation(from.id, try user(try request.needed("to")).id)
    }
    guard world.read({ $0.conversations[id] != nil }) else {
      throw Rejection(404, "There is no conversation \(id).")
    }
    return id
  }
}
