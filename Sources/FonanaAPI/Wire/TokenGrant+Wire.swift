import FonanaCore

extension TokenGrant {
  /// Only a non-empty `token` is required (docs/protocol.md, 2).
  init?(wire object: JSONObject, generation: ServerGeneration?) {
    guard let token = object.string("token"), !token.isEmpty else { return nil }
    let claims = TokenClaims(of: token)
    self.init(
      token: Redacted(token), expiresAt: object.timestamp("expiresAt") ?? claims?.expiresAt,
      issuedAt: claims?.issuedAt, user: UserProfile(wire: object["user"]?.object),
      generation: generation)
  }
}
