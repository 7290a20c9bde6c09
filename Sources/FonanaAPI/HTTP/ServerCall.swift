import FonanaCore
import NIOHTTP1

/// A request as it goes over the wire, without the headers that all have.
struct ServerCall: Sendable {
  enum Body: Sendable {
    case json(String)
    case image(fileName: String)
  }

  var method: HTTPMethod
  /// With query, percent-encoded.
  var path: String
  var body: Body?

  init(_ method: HTTPMethod, _ path: String, _ body: Body? = nil) {
    self.method = method
    self.path = path
    self.body = body
  }

  /// `requestToken` stands for its first route; see `olderTokenRoute`.
  init(_ request: ServerRequest) {
    switch request {
    case .requestToken(let wallet, let proof):
      self.init(.POST, "/api/auth/token", .walletObject(wallet, proof))
    case .verifyToken: self.init(.GET, "/api/auth/wallet")
    case .listConversations: self.init(.GET, "/api/conversations")
    case .createConversation(let user):
      self.init(.POST, "/api/conversations", .object("participantId", user.rawValue))
    case .listMessages(let id, let limit, let before, _):
      let cursor = before.map { "&before=" + PercentEncoding.encode($0.rawValue) } ?? ""
      self.init(.GET, Self.messagesPath(id) + "?limit=\(limit)" + cursor)
    case .sendMessage(let id, let message):
      self.init(.POST, Self.messagesPath(id), .json(message.wireBody))
    case .lookUpUser(let query): self.init(.GET, "/api/user?" + query.wireQuery)
    case .uploadImage(let fileName): self.init(.POST, "/api/upload", .image(fileName: fileName))
    case .listNotifications(let limit):
      self.init(.GET, "/api/user/notifications?limit=\(limit)")
    case .markNotificationsRead(let ids):
      let list = ids.map { JSONWriter.quoted($0.rawValue) }.joined(separator: ",")
      self.init(.PUT, "/api/user/notifications", .json("{\"notificationIds\":[\(list)]}"))
    case .markAllNotificationsRead:
      self.init(.PUT, "/api/user/notifications", .json("{\"markAllAsRead\":true}"))
    case .serverVersion: self.init(.GET, "/api/version")
    }
  }

  /// Generation A has no `/api/auth/token` (docs/protocol.md, 2).
  static func olderTokenRoute(wallet: String, proof: WalletProof? = nil) -> ServerCall {
    ServerCall(.POST, "/api/auth/wallet", .walletObject(wallet, proof))
  }

  /// For the log: without ids, names and wallets.
  var label: String {
    let path = path.prefix { $0 != "?" }
    guard path.hasSuffix("/messages") else { return "\(method.rawValue) \(path)" }
    return "\(method.rawValue) /api/conversations/:id/messages"
  }

  private static func messagesPath(_ id: ConversationID) -> String {
    "/api/conversations/\(PercentEncoding.encode(id.rawValue))/messages"
  }
}

extension ServerCall.Body {
  fileprivate static func object(_ name: String, _ value: String) -> ServerCall.Body {
    var object = JSONWriter()
    object.add(name, value)
    return .json(object.text)
  }

  fileprivate static func walletObject(
    _ wallet: String, _ proof: WalletProof?
  ) -> ServerCall.Body {
    var object = JSONWriter()
    object.add("wallet", wallet)
    if let proof {
      object.add("message", proof.message)
      object.add("signature", proof.signature.exposed)
    }
    return .json(object.text)
  }
}

extension UserQuery {
  fileprivate var wireQuery: String {
    switch self {
    case .nickname(let name): "nickname=" + PercentEncoding.encode(name)
    case .id(let id): "id=" + PercentEncoding.encode(id.rawValue)
    case .wallet(let wallet): "wallet=" + PercentEncoding.encode(wallet)
    }
  }
}
