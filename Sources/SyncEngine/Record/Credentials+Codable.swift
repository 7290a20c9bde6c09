import FonanaCore

// For records of what happened; see `NamedSecret`.

extension Credentials: Codable {
  private enum Key: String, CodingKey { case wallet, token }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      wallet: try values.decode(String.self, forKey: .wallet),
      token: try values.decode(NamedSecret.self, forKey: .token).secret)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(wallet, forKey: .wallet)
    try values.encode(NamedSecret(token), forKey: .token)
  }
}

extension StoredCredentials: Codable {
  private enum Key: String, CodingKey {
    case origin, wallet, userID, token, issuedAt, expiresAt, isTokenOutOfReach, isUnreadable
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      origin: try values.decode(String.self, forKey: .origin),
      wallet: try values.decode(String.self, forKey: .wallet),
      userID: try values.decode(UserID.self, forKey: .userID),
      token: try values.decodeIfPresent(NamedSecret.self, forKey: .token)?.secret,
      issuedAt: try values.decodeIfPresent(Timestamp.self, forKey: .issuedAt),
      expiresAt: try values.decodeIfPresent(Timestamp.self, forKey: .expiresAt))
    isTokenOutOfReach = try values.decodeIfPresent(Bool.self, forKey: .isTokenOutOfReach) ?? false
    isUnreadable = try values.decodeIfPresent(Bool.self, forKey: .isUnreadable) ?? false
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(origin, forKey: .origin)
    try values.encode(wallet, forKey: .wallet)
    try values.encode(userID, forKey: .userID)
    try values.encodeIfPresent(token.map(NamedSecret.init), forKey: .token)
    try values.encodeIfPresent(issuedAt, forKey: .issuedAt)
    try values.encodeIfPresent(expiresAt, forKey: .expiresAt)
    if isTokenOutOfReach { try values.encode(true, forKey: .isTokenOutOfReach) }
    if isUnreadable { try values.encode(true, forKey: .isUnreadable) }
  }
}
