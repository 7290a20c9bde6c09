extension WorldState {
  /// Gives the messages, newest first, and marks the whole conversation read, whichever page is
  /// asked for. The rows show `isRead` as it was before.
  mutating func readMessages(
    of conversationID: String, _ request: APIRequest, _ route: Route
  ) throws(Rejection) -> APIResponse {
    let user = try user(of: try caller(request, route))
    let body = try page(of: conversationID, for: user, request)
    tick(conversationID, by: user, request)
    return APIResponse(status: 200, contentType: "application/json", body: body)
  }

  /// On its own, so that nothing holds the conversation when it is marked: a second owner would
  /// make the change copy all messages.
  private func page(
    of conversationID: String, for user: WorldUser, _ request: APIRequest
  ) throws(Rejection) -> [UInt8] {
    let conversation = try conversation(conversationID, for: user)
    let range = try range(of: conversation, request)
    var body = messagesBody(conversation.messages[range], for: user)
    if generation == .b {
      let hasMore = try range.count == limit(request)
      body += #","hasMore":\#(hasMore)"#
    }
    body += "}"
    return Array(body.utf8)
  }

  /// Generation A gives everything. In generation B the cursor is `createdAt < createdAt(before)`
  /// without a second key, and an unknown one is ignored.
  private func range(
    of conversation: WorldConversation, _ request: APIRequest
  ) throws(Rejection) -> Range<Int> {
    guard generation == .b else { return 0..<conversation.messages.count }
    let cursor = request.query("before").flatMap { messagePlaces[$0]?.createdAt }
    let end = cursor.map { conversation.count(before: $0) } ?? conversation.messages.count
    return max(0, end - (try limit(request)))..<end
  }

  private func limit(_ request: APIRequest) throws(Rejection) -> Int {
    guard let text = request.query("limit"), !text.isEmpty else { return 20 }
    guard let limit = Int(text), limit >= 0 else {
      throw Rejection(500, "Failed to fetch messages")
    }
    return limit
  }

  /// The answer up to the end of the list; written piece by piece, since a history can be long.
  private func messagesBody(_ messages: ArraySlice<WorldMessage>, for user: WorldUser) -> String {
    var senders: [String: WireJSON] = [:]
    var body = #"{"messages":["#
    var separator = ""
    for message in messages.reversed() {
      let sender = senders[message.senderID] ?? users[message.senderID]?.brief() ?? .null
      senders[message.senderID] = sender
      body += separator
      message.pageRow(for: user.id, sender: sender, generation).write(to: &body)
      separator = ","
    }
    return body + "]"
  }

  private mutating func tick(_ conversationID: String, by user: WorldUser, _ request: APIRequest) {
    let count = unreadCount(in: conversationID, of: user.id)
    guard count > 0 else { return }
    perform(.markRead(conversationID: conversationID, readerID: user.id))
    counters.ticks += count
    counters.tickEvents.append(
      .init(
        conversationID: conversationID, readerID: user.id, count: count,
        requestNumber: request.number))
    if counters.tickEvents.count > 20_000 { counters.tickEvents.removeFirst(10_000) }
  }
}
