import FonanaCore

/// The answers that are small objects.
enum WholeAnswer {
  /// nil: not what the route gives.
  static func read(
    _ body: JSONObject, of request: ServerRequest, generation: ServerGeneration?
  ) -> ServerReply? {
    switch request {
    case .requestToken: TokenGrant(wire: body, generation: generation).map(ServerReply.token)
    case .verifyToken: verified(body)
    case .createConversation: conversation(body)
    case .sendMessage(let id, let message): sent(body, in: id, message)
    case .lookUpUser: UserProfile(wire: body["user"]?.object).map(ServerReply.user)
    case .uploadImage: uploaded(body)
    case .markNotificationsRead, .markAllNotificationsRead:
      body["success"]?.bool == true ? .done : nil
    case .serverVersion: body.string("version").map(ServerReply.version)
    case .listConversations, .listMessages, .listNotifications: nil  // these have their readers
    }
  }

  private static func verified(_ body: JSONObject) -> ServerReply? {
    guard body["valid"]?.bool == true, let user: UserID = body.identifier("userId") else {
      return nil
    }
    return .tokenIsValid(userID: user, expiresAt: body.timestamp("expiresAt"))
  }

  private static func conversation(_ body: JSONObject) -> ServerReply? {
    guard let object = body["conversation"]?.object,
      let id: ConversationID = object.identifier("id")
    else { return nil }
    let participants = object["participants"]?.array ?? []
    return .conversation(id, participants: participants.compactMap { UserProfile(wire: $0.object) })
  }

  private static func sent(
    _ body: JSONObject, in id: ConversationID, _ outgoing: OutgoingMessage
  ) -> ServerReply? {
    guard let slice = body["message"], let object = slice.object,
      let message = ServerMessage(
        wire: object, in: id, isTooDeep: JSONCheck.depth(of: slice.bytes) > JSONCheck.depthLimit)
    else { return nil }
    return .sent(message, echoedCid: message.cid == outgoing.cid)
  }

  /// The address is a path on the server's own host; no other is passed on to anybody.
  private static func uploaded(_ body: JSONObject) -> ServerReply? {
    guard body["success"]?.bool != false, let url = body.string("url"), url.hasPrefix("/"),
      !url.hasPrefix("//")
    else { return nil }
    return .uploaded(url: url)
  }
}
