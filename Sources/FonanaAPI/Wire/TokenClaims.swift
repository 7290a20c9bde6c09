package import FonanaCore

/// What a JWT says. It is read without a check of the signature, which only the server
/// can make.
package struct TokenClaims: Equatable, Sendable {
  package var issuedAt: Timestamp?
  package var expiresAt: Timestamp?
  package var userID: UserID?
  package var wallet: String?

  package init?(of token: String) {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = Base64URL.decode(parts[1].utf8),
      let object = JSONSlice(payload).object
    else { return nil }
    issuedAt = Self.instant(object["iat"])
    expiresAt = Self.instant(object["exp"])
    userID = object.identifier("userId") ?? object.identifier("sub")
    wallet = object.string("wallet")
  }

  /// Whole or broken seconds since 1970, at most up to the year 9999.
  private static func instant(_ value: JSONSlice?) -> Timestamp? {
    guard let seconds = value?.number, (0..<253_402_300_800).contains(seconds) else { return nil }
    return Timestamp(milliseconds: Int64(seconds * 1000))
  }
}
