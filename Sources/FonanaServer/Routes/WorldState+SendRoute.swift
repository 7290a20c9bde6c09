extension WorldState {
  private static let failure = "Failed to send message"

  /// Two steps: the message, then the recipient's notification.
  mutating func sendMessage(
    to conversationID: String, _ request: APIRequest, _ route: Route, depth: CommitDepth
  ) throws(Rejection) -> APIResponse {
    let caller = try caller(request, route)
    let body = try request.json(orFail: Self.failure)
    try Self.validate(body)
    let user = try user(of: caller)
    _ = try conversation(conversationID, for: user)
    let draft = try Self.draft(body)
    let message = store(draft, from: user.id, in: conversationID)
    guard depth == .whole else { throw Rejection(500, Self.failure) }
    notify(about: message, draft)
    return .json(["message": echo(message, sender: user)])
  }

  private static func validate(_ body: WireJSON) throws(Rejection) {
    guard body["content"]?.isTruthy == true || body["mediaUrl"]?.isTruthy == true else {
      throw Rejection(400, "Message content or media required")
    }
    guard body["isPaid"]?.isTruthy == true else { return }
    guard let price = body["price"], price.isTruthy, (price.doubleValue ?? 1) > 0 else {
      throw Rejection(400, "Valid price required for paid messages")
    }
  }

  /// What the database takes: texts without U+0000, a number as price, metadata other than null.
  private static func draft(_ body: WireJSON) throws(Rejection) -> MessageDraft {
    guard !body.containsNUL, body["metadata"] != .null else { throw Rejection(500, failure) }
    var draft = MessageDraft(
      try text(body["content"]), mediaURL: try text(body["mediaUrl"]),
      mediaType: try text(body["mediaType"]), metadata: body["metadata"])
    draft.isPaid = try flag(body["isPaid"])
    if draft.isPaid { draft.priceDigits = try digits(body["price"]) }
    draft.noticeMembers = ["isPaid", "price"].compactMap { key in
      body[key].map { .init(key: key, value: $0) }
    }
    return draft
  }

  private static func text(_ value: WireJSON?) throws(Rejection) -> String? {
    switch value {
    case nil, .null: return nil
    case .string(let text): return text
    default: throw Rejection(500, failure)
    }
  }

  private static func flag(_ value: WireJSON?) throws(Rejection) -> Bool {
    guard let value, value.isTruthy else { return false }
    guard let flag = value.boolValue else { throw Rejection(500, failure) }
    return flag
  }

  private static func digits(_ value: WireJSON?) throws(Rejection) -> String? {
    guard case .number(let digits) = value else { throw Rejection(500, failure) }
    return digits
  }

  private func echo(_ message: WorldMessage, sender: WorldUser) -> WireJSON {
    var members = message.row(content: message.content)
    if generation == .a { members.append(.init(key: "sender", value: sender.brief())) }
    return .object(members)
  }
}
