import FonanaServer

/// Two users, Ada and Ben, with one conversation on a running server.
struct Scene: Sendable {
  let server: ReferenceServer
  let http: RawHTTP
  let ada: WorldUser
  let ben: WorldUser
  let conversationID: String
  let adaToken: String
  let benToken: String

  var world: World { server.world }

  var messagesPath: String { "/api/conversations/\(conversationID)/messages" }

  init(_ server: ReferenceServer) {
    self.server = server
    http = RawHTTP(port: server.httpPort)
    ada = server.world.makeUser(nickname: "ada")
    ben = server.world.makeUser(nickname: "ben")
    conversationID = server.world.makeConversation(ada.id, ben.id)
    adaToken = server.world.issueToken(for: ada.id) ?? ""
    benToken = server.world.issueToken(for: ben.id) ?? ""
  }

  /// Runs a server with a scene on it.
  static func run(
    _ generation: ServerGeneration = .b,
    configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: @Sendable (Scene) async throws -> Void
  ) async throws {
    var configuration = ServerConfiguration(generation: generation)
    configure(&configuration)
    try await withReferenceServer(configuration) { try await body(Scene($0)) }
  }

  /// Ada sends over HTTP.
  func send(_ body: WireJSON) async throws -> RawAnswer? {
    try await http.json("POST", messagesPath, token: adaToken, wallet: ada.wallet, body)
  }

  /// Ben reads over HTTP.
  func read(_ query: String = "") async throws -> WireJSON? {
    try await http.json("GET", messagesPath + query, token: benToken, wallet: ben.wallet)?.json
  }

  /// Ben reads over HTTP; the texts of the newest page.
  func texts() async throws -> [String?] {
    try await read()?.contents ?? []
  }

  /// A socket of the user that has seen `connected` and, if asked for, subscribed.
  func socket(of user: WorldUser, subscribes: Bool = true) async throws -> RawWebSocket {
    let token = world.issueToken(for: user.id) ?? ""
    let socket = try await RawWebSocket.open(
      port: server.webSocketPort, "/ws?token=\(token)")
    _ = try await socket.nextJSON()
    if subscribes {
      socket.send([
        "type": "subscribe",
        "channel": ["type": "notifications", "userId": .string(user.id)],
      ])
      _ = try await socket.nextJSON()
    }
    return socket
  }
}

extension WireJSON {
  /// The `content` of each message of a page.
  var contents: [String?] {
    (self["messages"]?.arrayValue ?? []).map { $0["content"]?.stringValue }
  }
}
