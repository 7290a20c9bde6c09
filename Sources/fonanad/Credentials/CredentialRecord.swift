import FonanaCore
import SyncEngine

/// The file's content. The only type that writes a token, and only to this file.
struct CredentialRecord: Codable {
  var origin: String
  var wallet: String
  var userId: String
  var token: String?
  /// There is a token, or an older one, in the Secret Service.
  var isInSecretService: Bool?
  var issuedAt: String?
  var expiresAt: String?

  init(_ credentials: StoredCredentials) {
    origin = credentials.origin
    wallet = credentials.wallet
    userId = credentials.userID.rawValue
    token = credentials.token?.exposed
    issuedAt = credentials.issuedAt?.description
    expiresAt = credentials.expiresAt?.description
  }

  /// Counts only when the file holds none.
  var needsSecretService: Bool {
    token == nil && isInSecretService == true && expiresAt != nil
  }

  var credentials: StoredCredentials {
    StoredCredentials(
      origin: origin, wallet: wallet, userID: UserID(userId), token: token.map { Redacted($0) },
      issuedAt: issuedAt.flatMap { Timestamp($0) }, expiresAt: expiresAt.flatMap { Timestamp($0) })
  }
}
