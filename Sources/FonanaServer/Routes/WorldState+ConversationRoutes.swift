extension WorldState {
  func listConversations(_ request: APIRequest, _ route: Route) throws(Rejection) -> APIResponse {
    let user = try user(of: try caller(request, route))
    let own = conversationIDs(of: user.id).compactMap { conversations[$0] }
    return .json(["conversations": .array(ordered(own).map { listRow($0, for: user) })])
  }

  mutating func openConversation(
    _ request: APIRequest, _ route: Route
  ) throws(Rejection) -> APIResponse {
    let caller = try caller(request, route, refusal: "JWT verification failed")
    let body = try request.json(orFail: "Failed to create conversation")
    guard let participantID = body["participantId"], participantID.isTruthy else {
      throw Rejection(400, "Participant ID required")
    }
    let user = try user(of: caller)
    guard let partner = participantID.stringValue.flatMap({ users[$0] }) else {
      throw Rejection(
        404, generation == .a ? "User not found" : "Conversation participant not found")
    }
    guard let conversation = openConversation(from: user.id, to: partner.id) else {
      throw Rejection(500, "Failed to create conversation")
    }
    return .json(["conversation": object(conversation)])
  }

  /// Generation A: by `lastMessageAt`, newest first, with nulls before all; generation B: the
  /// newest conversation first, since its `lastMessageAt` is always null.
  private func ordered(_ conversations: [WorldConversation]) -> [WorldConversation] {
    let newestFirst = Array(conversations.reversed())
    guard generation == .a else { return newestFirst }
    return newestFirst.sorted { ($0.lastMessageAt ?? .max) > ($1.lastMessageAt ?? .max) }
  }

  private func listRow(_ conversation: WorldConversation, for user: WorldUser) -> WireJSON {
    let partner = users[conversation.partner(of: user.id)]
    return [
      "id": .string(conversation.id),
      "participant": partner.map(participant) ?? .null,
      "lastMessage": conversation.messages.last.map { preview($0, for: user) } ?? .null,
      "lastMessageAt": lastMessageAt(conversation),
      "createdAt": .string(Timestamp.text(conversation.createdAt)),
      "unreadCount": .int(conversation.unreadCount(of: user.id)),
    ]
  }

  /// `Unknown` stands for a missing nickname.
  private func participant(_ user: WorldUser) -> WireJSON {
    var shown = user
    shown.nickname = user.nickname ?? "Unknown"
    return shown.brief(withWallet: generation == .a)
  }

  private func preview(_ message: WorldMessage, for user: WorldUser) -> WireJSON {
    let isHidden = message.isPaid && !message.isBought(by: user.id)
    return [
      "id": .string(message.id),
      "content": isHidden ? "💰 Paid message" : .text(message.content),
      "senderId": .string(message.senderID),
      "senderName": .text(users[message.senderID]?.nickname),
      "createdAt": .string(Timestamp.text(message.createdAt, zone: generation == .a)),
      "isPaid": .bool(message.isPaid),
      "price": message.priceDigits.map { .number($0) } ?? .null,
    ]
  }

  private func object(_ conversation: WorldConversation) -> WireJSON {
    let created = Timestamp.text(conversation.createdAt)
    let people = [conversation.fromUserID, conversation.toUserID].compactMap { users[$0] }
    var members: [WireJSON.Member] = [.init(key: "id", value: .string(conversation.id))]
    if generation == .b {
      members += [
        .init(key: "fromUserId", value: .string(conversation.fromUserID)),
        .init(key: "toUserId", value: .string(conversation.toUserID)),
      ]
    }
    members += [
      .init(key: "lastMessageAt", value: lastMessageAt(conversation)),
      .init(key: "createdAt", value: .string(created)),
      .init(key: "updatedAt", value: .string(created)),
      .init(key: "participants", value: .array(people.map { $0.brief() })),
    ]
    return .object(members)
  }

  private func lastMessageAt(_ conversation: WorldConversation) -> WireJSON {
    .text(conversation.lastMessageAt.map { Timestamp.text($0) })
  }
}
