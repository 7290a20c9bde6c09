/// What a request asks for.
enum Route: Sendable, Equatable {
  case tokenByQuery
  case tokenByBody
  case walletToken
  case verifyToken
  case listConversations
  case openConversation
  case readMessages(conversationID: String)
  case sendMessage(conversationID: String)
  case purchase(messageID: String)
  case user
  case version
  case creators
  case upload
  case listNotifications
  case markNotifications
  case deleteNotifications
  /// An uploaded file.
  case file(path: String)
  case methodNotAllowed
  case unknown

  init(method: String, path: String, generation: ServerGeneration) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    guard parts.first == "api" else {
      self = method == "GET" || method == "HEAD" ? .file(path: path) : .unknown
      return
    }
    let rest = Array(parts.dropFirst())
    self =
      Self.fixed(method, rest.joined(separator: "/"), generation)
      ?? Self.parameterized(method, rest) ?? .unknown
  }

  private static func fixed(
    _ method: String, _ path: String, _ generation: ServerGeneration
  ) -> Route? {
    switch (path, method) {
    case ("auth/token", _) where generation == .a, ("version", _) where generation == .a: nil
    case ("auth/token", "GET"): .tokenByQuery
    case ("auth/token", "POST"): .tokenByBody
    case ("auth/wallet", "POST"): .walletToken
    case ("auth/wallet", "GET"): .verifyToken
    case ("conversations", "GET"): .listConversations
    case ("conversations", "POST"): .openConversation
    case ("user", "GET"): .user
    case ("version", "GET"): .version
    case ("creators", "GET"): .creators
    case ("upload", "POST"): .upload
    case ("user/notifications", "GET"): .listNotifications
    case ("user/notifications", "PUT"): .markNotifications
    case ("user/notifications", "DELETE"): .deleteNotifications
    case ("auth/token", _), ("auth/wallet", _), ("conversations", _), ("user", _), ("version", _),
      ("creators", _), ("upload", _), ("user/notifications", _):
      .methodNotAllowed
    default: nil
    }
  }

  private static func parameterized(_ method: String, _ parts: [String]) -> Route? {
    guard parts.count == 3 else { return nil }
    let id = QueryText.decode(Substring(parts[1]))
    switch (parts[0], parts[2], method) {
    case ("conversations", "messages", "GET"): return .readMessages(conversationID: id)
    case ("conversations", "messages", "POST"): return .sendMessage(conversationID: id)
    case ("messages", "purchase", "POST"): return .purchase(messageID: id)
    case ("conversations", "messages", _), ("messages", "purchase", _): return .methodNotAllowed
    default: return nil
    }
  }

  /// The name of the route in counters and faults.
  var label: String {
    switch self {
    case .tokenByQuery: "GET /api/auth/token"
    case .tokenByBody: "POST /api/auth/token"
    case .walletToken: "POST /api/auth/wallet"
    case .verifyToken: "GET /api/auth/wallet"
    case .listConversations: "GET /api/conversations"
    case .openConversation: "POST /api/conversations"
    case .readMessages: "GET /api/conversations/:id/messages"
    case .sendMessage: "POST /api/conversations/:id/messages"
    case .purchase: "POST /api/messages/:id/purchase"
    case .user: "GET /api/user"
    case .version: "GET /api/version"
    case .creators: "GET /api/creators"
    case .upload: "POST /api/upload"
    case .listNotifications: "GET /api/user/notifications"
    case .markNotifications: "PUT /api/user/notifications"
    case .deleteNotifications: "DELETE /api/user/notifications"
    case .file: "GET file"
    case .methodNotAllowed, .unknown: "unknown"
    }
  }

  var conversationID: String? {
    switch self {
    case .readMessages(let id), .sendMessage(let id): id
    default: nil
    }
  }

  var isTokenRequest: Bool {
    switch self {
    case .tokenByQuery, .tokenByBody, .walletToken: true
    default: false
    }
  }
}
