/// How far a request is carried out.
enum CommitDepth: Sendable {
  case whole
  /// A send stores its message and stops before the notification, as after a crash between the two.
  case firstStep
}

extension WorldState {
  /// Carries a request out and answers it.
  mutating func handle(
    _ request: APIRequest, _ route: Route, depth: CommitDepth = .whole
  ) -> APIResponse {
    do {
      return try answer(request, route, depth: depth)
    } catch {
      return error.response
    }
  }

  private mutating func answer(
    _ request: APIRequest, _ route: Route, depth: CommitDepth
  ) throws(Rejection) -> APIResponse {
    switch route {
    case .tokenByQuery: try tokenByQuery(request)
    case .tokenByBody: try tokenByBody(request)
    case .walletToken: try walletToken(request)
    case .verifyToken: try verifyToken(request, route)
    case .listConversations: try listConversations(request, route)
    case .openConversation: try openConversation(request, route)
    case .readMessages(let id): try readMessages(of: id, request, route)
    case .sendMessage(let id): try sendMessage(to: id, request, route, depth: depth)
    case .purchase(let id): try purchase(id, request, route)
    case .user: try lookUpUser(request)
    case .version: versionAnswer()
    case .creators: creatorsAnswer()
    case .upload: try upload(request)
    case .listNotifications: try listNotifications(request, route)
    case .markNotifications: try markNotifications(request, route)
    case .deleteNotifications: try deleteNotifications(request, route)
    case .file(let path): fileAnswer(path)
    case .methodNotAllowed: APIResponse(status: 405, contentType: "text/plain", body: [])
    case .unknown: .notFoundPage
    }
  }

  private func versionAnswer() -> APIResponse {
    .json([
      "version": "20250703-220511-aca7b1a", "timestamp": .string(Timestamp.text(now())),
      "buildId": "development",
    ])
  }

  private func creatorsAnswer() -> APIResponse {
    let creators = users.values.filter(\.isCreator).sorted { $0.createdAt < $1.createdAt }
    return .json([
      "creators": .array(creators.map(\.creatorRow)), "totalCount": .int(creators.count),
    ])
  }

  private func fileAnswer(_ path: String) -> APIResponse {
    guard let file = uploads[path] else { return .notFoundPage }
    return APIResponse(status: 200, contentType: file.contentType, body: file.bytes)
  }
}

extension APIRequest {
  /// The JSON object of the body; a body that is none fails the way the route fails.
  func json(orFail message: String) throws(Rejection) -> WireJSON {
    guard let value = WireJSON(parsing: body), value != .null else {
      throw Rejection(500, message)
    }
    return value
  }
}
