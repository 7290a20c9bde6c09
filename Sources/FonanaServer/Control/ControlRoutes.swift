/// The control interface under `/_control/`; docs/reference-server.md lists its routes. Users are
/// named by id, nickname or wallet.
struct ControlRoutes: Sendable {
  typealias Handler = @Sendable (ControlRoutes, ControlRequest) throws(Rejection) -> WireJSON

  let world: World
  let faults: FaultTable
  let sockets: SocketRegistry

  private static let handlers: [String: Handler] = [
    "GET counters": { (routes, _) throws(Rejection) in routes.world.counters.json },
    "DELETE counters": { (routes, _) throws(Rejection) in
      routes.world.resetCounters()
      return [:]
    },
    "GET requests": { (routes, request) throws(Rejection) in routes.requests(request) },
    "GET faults": { (routes, _) throws(Rejection) in routes.listFaults() },
    "POST faults": { (routes, request) throws(Rejection) in try routes.addFault(request) },
    "DELETE faults": { (routes, request) throws(Rejection) in routes.removeFaults(request) },
    "GET users": { (routes, request) throws(Rejection) in try routes.showUser(request) },
    "POST users": { (routes, request) throws(Rejection) in try routes.makeUser(request) },
    "PUT users": { (routes, request) throws(Rejection) in try routes.renameUser(request) },
    "DELETE users": { (routes, request) throws(Rejection) in try routes.deleteUser(request) },
    "GET conversations": { (routes, request) throws(Rejection) in
      try routes.listConversations(request)
    },
    "POST conversations": { (routes, request) throws(Rejection) in
      try routes.makeConversation(request)
    },
    "GET messages": { (routes, request) throws(Rejection) in try routes.listMessages(request) },
    "POST messages": { (routes, request) throws(Rejection) in try routes.sendMessages(request) },
    "PUT messages": { (routes, request) throws(Rejection) in try routes.editMessage(request) },
    "DELETE messages": { (routes, request) throws(Rejection) in
      try routes.deleteMessage(request)
    },
    "POST reads": { (routes, request) throws(Rejection) in try routes.markRead(request) },
    "POST purchases": { (routes, request) throws(Rejection) in try routes.purchase(request) },
    "GET notifications": { (routes, request) throws(Rejection) in
      try routes.listNotifications(request)
    },
    "POST notifications": { (routes, request) throws(Rejection) in
      try routes.addNotification(request)
    },
    "POST tokens": { (routes, request) throws(Rejection) in try routes.issueToken(request) },
    "DELETE tokens": { (routes, request) throws(Rejection) in try routes.revokeTokens(request) },
    "PUT tokens": { (routes, request) throws(Rejection) in routes.refuseTokens(request) },
    "GET sockets": { (routes, _) throws(Rejection) in routes.listSockets() },
    "PUT sockets": { (routes, request) throws(Rejection) in try routes.setSockets(request) },
    "POST sockets": { (routes, request) throws(Rejection) in try routes.sendToSockets(request) },
    "DELETE sockets": { (routes, request) throws(Rejection) in try routes.closeSockets(request) },
    "PUT push": { (routes, request) throws(Rejection) in routes.setPush(request) },
  ]

  func respond(to request: APIRequest) -> APIResponse {
    let name = request.method + " " + request.path.dropFirst("/_control/".count)
    guard let handler = Self.handlers[name] else {
      return .error("There is no control route \(name).", status: 404)
    }
    do {
      return .json(try handler(self, ControlRequest(request)))
    } catch {
      return error.response
    }
  }

  /// The user that an id, a nickname or a wallet names.
  func user(_ name: String) throws(Rejection) -> WorldUser {
    let user = world.user(id: name) ?? world.user(nickname: name) ?? world.user(wallet: name)
    guard let user else { throw Rejection(404, "There is no user \"\(name)\".") }
    return user
  }
}
