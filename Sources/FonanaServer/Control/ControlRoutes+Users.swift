extension ControlRoutes {
  func showUser(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    ["user": try user(try request.needed("user")).account]
  }

  func makeUser(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let wallet = request.text("wallet")
    if let wallet, !WalletAddress.isValid(wallet) {
      throw Rejection(400, "\"\(wallet)\" is no wallet.")
    }
    let user = world.makeUser(
      wallet: wallet, nickname: request.text("nickname"),
      isCreator: request.flag("isCreator") ?? false)
    return ["user": user.account]
  }

  /// A null or absent nickname removes it.
  func renameUser(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let user = try user(try request.needed("user"))
    world.renameUser(user.id, nickname: request.text("nickname"))
    return ["user": world.user(id: user.id)?.account ?? .null]
  }

  func deleteUser(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    world.deleteUser(try user(try request.needed("user")).id)
    return [:]
  }

  func issueToken(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let user = try user(try request.needed("user"))
    return ["token": .text(world.issueToken(for: user.id))]
  }

  /// Of one user; without a user, of all.
  func revokeTokens(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    if let name = request.text("user") {
      world.revokeTokens(of: try user(name).id)
    } else {
      world.revokeAllTokens()
    }
    return [:]
  }

  func refuseTokens(_ request: ControlRequest) -> WireJSON {
    let routes = request.body["refusingRoutes"]?.arrayValue?.compactMap(\.stringValue) ?? []
    world.routesRefusingTokens = Set(routes)
    return ["refusingRoutes": .array(routes.map { .string($0) })]
  }
}
