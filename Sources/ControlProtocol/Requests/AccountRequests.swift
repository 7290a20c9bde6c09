/// `account.login`.
package struct LoginRequest: Codable, Sendable, Hashable {
  package var wallet: String
  /// Scheme, host and port; null: the configured one.
  @Nullable package var server: String?
  /// Keep an account that looks as if the server had just made it.
  package var keepNew: Bool

  package init(wallet: String, server: String? = nil, keepNew: Bool) {
    self.wallet = wallet
    self.server = server
    self.keepNew = keepNew
  }
}

/// `account.logout`.
package struct LogoutRequest: Codable, Sendable, Hashable {
  /// Erase the mirror too.
  package var purge: Bool
  package var discardOutbox: Bool

  package init(purge: Bool = false, discardOutbox: Bool = false) {
    self.purge = purge
    self.discardOutbox = discardOutbox
  }
}

/// For methods without parameters; also the empty answer.
package struct NoParameters: Codable, Sendable, Hashable {
  package init() {}
}
