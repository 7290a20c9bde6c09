/// The token of docs/protocol.md, 2: a JWT, HS256, whose times are whole seconds. Two tokens of one
/// user and one second are the same text.
struct AccessToken: Equatable {
  enum Refusal: Error, Equatable {
    case invalid
    case expired
  }

  let userID: String
  let wallet: String
  /// Seconds since 1970.
  let issuedAt: Int64
  let expiresAt: Int64

  private static let header = #"{"alg":"HS256","typ":"JWT"}"#

  func signed(with secret: String) -> String {
    let claims: WireJSON = [
      "userId": .string(userID), "wallet": .string(wallet), "sub": .string(userID),
      "iat": .int(issuedAt), "exp": .int(expiresAt),
    ]
    let signedPart =
      Base64URL.encode(Array(Self.header.utf8)) + "." + Base64URL.encode(claims.bytes)
    return signedPart + "." + Self.signature(of: signedPart, secret: secret)
  }

  /// Checks signature and expiry of a token; `now` in seconds since 1970.
  init(verifying text: String, secret: String, now: Int64) throws(Refusal) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, Self.namesHS256(parts[0]),
      Self.signature(of: parts[0] + "." + parts[1], secret: secret) == parts[2],
      let claims = Base64URL.decode(parts[1]).flatMap({ WireJSON(parsing: $0) }),
      let userID = claims["userId"]?.stringValue ?? claims["sub"]?.stringValue
    else { throw .invalid }
    self.userID = userID
    wallet = claims["wallet"]?.stringValue ?? ""
    issuedAt = Int64(claims["iat"]?.intValue ?? 0)
    expiresAt = Int64(claims["exp"]?.intValue ?? Int.max)
    guard now < expiresAt else { throw .expired }
  }

  init(userID: String, wallet: String, issuedAt: Int64, expiresAt: Int64) {
    self.userID = userID
    self.wallet = wallet
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }

  private static func namesHS256(_ header: Substring) -> Bool {
    let fields = Base64URL.decode(header).flatMap { WireJSON(parsing: $0) }
    return fields?["alg"]?.stringValue == "HS256"
  }

  private static func signature(of text: some StringProtocol, secret: String) -> String {
    Base64URL.encode(
      SHA256.authenticationCode(Array(text.utf8), key: Array(secret.utf8)))
  }
}
