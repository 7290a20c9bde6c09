extension WorldState {
  mutating func tokenByQuery(_ request: APIRequest) throws(Rejection) -> APIResponse {
    guard let wallet = request.query("wallet"), !wallet.isEmpty else {
      throw Rejection(400, "Wallet address is required")
    }
    return datedToken(for: findOrMakeUser(wallet: wallet))
  }

  mutating func tokenByBody(_ request: APIRequest) throws(Rejection) -> APIResponse {
    let body = try request.json(orFail: "Failed to refresh token")
    guard let wallet = body["wallet"]?.stringValue, !wallet.isEmpty else {
      throw Rejection(400, "Wallet address is required")
    }
    return datedToken(for: findOrMakeUser(wallet: wallet))
  }

  /// `POST /api/auth/wallet`: no `expiresAt`.
  mutating func walletToken(_ request: APIRequest) throws(Rejection) -> APIResponse {
    let body = try request.json(orFail: "Internal server error")
    guard let wallet = body["wallet"]?.stringValue, !wallet.isEmpty else {
      throw Rejection(400, "Wallet address is required")
    }
    guard WalletAddress.isValid(wallet) else {
      throw Rejection(400, "Invalid Solana wallet address")
    }
    let user = findOrMakeUser(wallet: wallet)
    return .json(["token": .string(issueToken(for: user)), "user": user.account])
  }

  func verifyToken(_ request: APIRequest, _ route: Route) throws(Rejection) -> APIResponse {
    guard let text = request.bearerToken else { throw Rejection(401, "No token provided") }
    let token = try verified(text, route)
    return .json([
      "valid": true, "userId": .string(token.userID), "wallet": .string(token.wallet),
      "expiresAt": .string(Timestamp.text(token.expiresAt * 1000)),
    ])
  }

  private func verified(_ text: String, _ route: Route) throws(Rejection) -> AccessToken {
    guard !routesRefusingTokens.contains(route.label) else {
      throw Rejection(401, "Invalid token")
    }
    do {
      return try verify(text)
    } catch {
      throw Rejection(401, error == .expired ? "Token expired" : "Invalid token")
    }
  }

  private mutating func datedToken(for user: WorldUser) -> APIResponse {
    let token = issueToken(for: user)
    let expiry = now() + settings.tokenLifetime * 1000
    return .json([
      "token": .string(token), "expiresAt": .string(Timestamp.text(expiry)),
      "user": user.account,
    ])
  }
}
