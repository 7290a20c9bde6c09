/// `account.login`.
package struct LoginRequest: Codable, Sendable, Hashable {
  package var wallet: String
  /// Scheme, host and port; null: the configured one.
  @Nullable package var server: String?
  /// Keep an account that looks as if the server had just made it.
  package var keepNew: Bool
  /// That the wallet is one's own; null: the address alone has to do.
  @Nullable package var proof: LoginProof?

  package init(
    wallet: String, server: String? = nil, keepNew: Bool, proof: LoginProof? = nil
  ) {
    self.wallet = wallet
    self.server = server
    self.keepNew = keepNew
    self.proof = proof
  }
}

/// A message that was signed with the wallet's key, and the signature in base58.
package struct LoginProof: Codable, Sendable, Hashable {
  package var message: String
  package var signature: String

  package init(message: String, signature: String) {
    self.message = message
    self.signature = signature
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
