package import FonanaCore

/// What `login` and `whoami` print.
package struct AccountInfo: Codable, Sendable, Hashable {
  package var profile: String
  /// Scheme, host and port.
  package var server: String
  @Nullable package var generation: ServerGeneration?
  @Nullable package var wallet: String?
  @Nullable package var userId: UserID?
  @Nullable package var nickname: String?
  @RFC3339 package var tokenExpiresAt: Timestamp?

  package init(
    profile: String, server: String, generation: ServerGeneration? = nil, wallet: String? = nil,
    userId: UserID? = nil, nickname: String? = nil, tokenExpiresAt: Timestamp? = nil
  ) {
    self.profile = profile
    self.server = server
    self.generation = generation
    self.wallet = wallet
    self.userId = userId
    self.nickname = nickname
    self.tokenExpiresAt = tokenExpiresAt
  }
}

/// The answer of `account.login`.
package struct LoginResult: Codable, Sendable, Hashable {
  package var account: AccountInfo
  /// `user_…` without conversations: the server may just have made it.
  package var looksNew: Bool
  /// False: it looks new and was not wanted; nothing was stored.
  package var isKept: Bool

  package init(account: AccountInfo, looksNew: Bool, isKept: Bool) {
    self.account = account
    self.looksNew = looksNew
    self.isKept = isKept
  }
}
