extension WorldState {
  /// A token whose `iat` lies behind every revocation, also within the same second.
  mutating func issueToken(for user: WorldUser) -> String {
    let revoked = max(revokedUntil[user.id] ?? 0, allRevokedUntil)
    let issuedAt = max(now() / 1000, revoked + 1)
    lastIssuedAt[user.id] = max(issuedAt, lastIssuedAt[user.id] ?? 0)
    let token = AccessToken(
      userID: user.id, wallet: user.wallet, issuedAt: issuedAt,
      expiresAt: issuedAt + settings.tokenLifetime)
    return token.signed(with: settings.secret)
  }

  func verify(_ text: String) throws(AccessToken.Refusal) -> AccessToken {
    let token = try AccessToken(verifying: text, secret: settings.secret, now: now() / 1000)
    guard token.issuedAt > max(revokedUntil[token.userID] ?? 0, allRevokedUntil) else {
      throw .invalid
    }
    return token
  }

  mutating func revokeTokens(of userID: String) {
    let until = max(now() / 1000, lastIssuedAt[userID] ?? 0)
    perform(.revoke(userID: userID, issuedUntil: until))
  }

  mutating func revokeAllTokens() {
    let until = max(now() / 1000, lastIssuedAt.values.max() ?? 0)
    perform(.revoke(userID: nil, issuedUntil: until))
  }
}
