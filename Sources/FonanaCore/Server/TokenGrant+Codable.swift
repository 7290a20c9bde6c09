/// For records of what happened; see `NamedSecret`.
extension TokenGrant: Codable {
  private enum Key: String, CodingKey { case token, expiresAt, issuedAt, user, generation }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      token: try values.decode(NamedSecret.self, forKey: .token).secret,
      expiresAt: try values.decodeIfPresent(Timestamp.self, forKey: .expiresAt),
      issuedAt: try values.decodeIfPresent(Timestamp.self, forKey: .issuedAt),
      user: try values.decodeIfPresent(UserProfile.self, forKey: .user),
      generation: try values.decodeIfPresent(ServerGeneration.self, forKey: .generation))
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(NamedSecret(token), forKey: .token)
    try values.encodeIfPresent(expiresAt, forKey: .expiresAt)
    try values.encodeIfPresent(issuedAt, forKey: .issuedAt)
    try values.encodeIfPresent(user, forKey: .user)
    try values.encodeIfPresent(generation, forKey: .generation)
  }
}
