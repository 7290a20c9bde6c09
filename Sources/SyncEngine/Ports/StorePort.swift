package import FonanaCore

/// The local store as the engine sees it.
package protocol StorePort: Sendable {
  func snapshot() async throws(FonanaError) -> StoreSnapshot

  /// Transactions in their order, durable when it returns, up to the first that fails: those behind
  /// it may build on it, and fail too. They may share a sync of the disk. Not cancellable: what the
  /// server has confirmed must be written whatever happens to the caller.
  func perform(
    _ transactions: [[StoreAct]], at now: Timestamp
  ) async -> [Result<StoreResult, FonanaError>]
}

/// The secret file of the profile.
package protocol CredentialPort: Sendable {
  /// nil: there is none. Throws when there is one that can't be used.
  func load() async throws(FonanaError) -> StoredCredentials?
  func save(_ credentials: StoredCredentials) async throws(FonanaError)
  func erase() async throws(FonanaError)
}

/// What the secret file holds; the token is bound to its origin.
package struct StoredCredentials: Sendable, Equatable {
  /// Scheme, host and port.
  package var origin: String
  package var wallet: String
  package var userID: UserID
  /// nil after a logout: the account is remembered, the token is not.
  package var token: Redacted<String>?
  package var issuedAt: Timestamp?
  package var expiresAt: Timestamp?
  /// There is a token, but its keeper does not answer.
  package var isTokenOutOfReach = false
  /// The file can't be read: nobody knows whether there was a token.
  package var isUnreadable = false

  package var isLoggedIn: Bool { token != nil || isTokenOutOfReach }

  package init(
    origin: String, wallet: String, userID: UserID, token: Redacted<String>?,
    issuedAt: Timestamp?, expiresAt: Timestamp?
  ) {
    self.origin = origin
    self.wallet = wallet
    self.userID = userID
    self.token = token
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }
}
