extension WorldState {
  /// Who a request says that it comes from, before the user is looked up.
  enum Caller {
    case wallet(String)
    case userID(String)
  }

  /// The caller of conversations, messages and purchases: generation A looks at the wallet header
  /// only, generation B at the token only (docs/protocol.md, table).
  func caller(
    _ request: APIRequest, _ route: Route, refusal: String = "Invalid token"
  ) throws(Rejection) -> Caller {
    if generation == .a {
      guard let wallet = request.wallet else { throw Rejection(401, "Wallet not connected") }
      return .wallet(wallet)
    }
    guard let text = request.bearerToken else { throw Rejection(401, "No token provided") }
    guard let token = bearer(text, route) else { throw Rejection(401, refusal) }
    return .userID(token.userID)
  }

  /// The caller of the notifications: a good wallet is enough even with a bad token.
  func notificationsCaller(_ request: APIRequest, _ route: Route) throws(Rejection) -> WorldUser {
    if let user = request.wallet.flatMap({ user(wallet: $0) }) { return user }
    if generation == .b, let token = request.bearerToken.flatMap({ bearer($0, route) }),
      let user = users[token.userID]
    {
      return user
    }
    throw Rejection(401, "Authentication required")
  }

  func user(of caller: Caller) throws(Rejection) -> WorldUser {
    let user =
      switch caller {
      case .wallet(let wallet): user(wallet: wallet)
      case .userID(let id): users[id]
      }
    guard let user else { throw Rejection(404, "User not found") }
    return user
  }

  func bearer(_ text: String, _ route: Route) -> AccessToken? {
    guard !routesRefusingTokens.contains(route.label) else { return nil }
    return try? verify(text)
  }

  /// The conversation, when it exists and the user takes part in it.
  func conversation(_ id: String, for user: WorldUser) throws(Rejection) -> WorldConversation {
    guard let conversation = conversations[id] else {
      throw Rejection(404, "Conversation not found")
    }
    guard conversation.includes(user.id) else { throw Rejection(403, "Access denied") }
    return conversation
  }
}
