package struct WorldUser: Sendable, Equatable {
  package let id: String
  package let wallet: String
  package var nickname: String?
  package var fullName: String?
  package var bio: String?
  package var avatar: String?
  package var isCreator = false
  package var isVerified = false
  /// Milliseconds since 1970.
  package var createdAt: Int64

  /// The five fields that stand beside messages and conversations.
  func brief(withWallet: Bool = true) -> WireJSON {
    var members: [WireJSON.Member] = [.init(key: "id", value: .string(id))]
    if withWallet { members.append(.init(key: "wallet", value: .string(wallet))) }
    members.append(.init(key: "nickname", value: .text(nickname)))
    members.append(.init(key: "fullName", value: .text(fullName)))
    members.append(.init(key: "avatar", value: .text(avatar)))
    return .object(members)
  }

  /// The user beside a token.
  var account: WireJSON {
    [
      "id": .string(id), "wallet": .string(wallet), "nickname": .text(nickname),
      "isCreator": .bool(isCreator), "isVerified": .bool(isVerified), "avatar": .text(avatar),
      "fullName": .text(fullName),
    ]
  }

  /// The answer of `GET /api/user`; `referrer` stands in generation A only.
  func profile(_ generation: ServerGeneration) -> WireJSON {
    let profile: WireJSON = [
      "id": .string(id), "wallet": .string(wallet), "nickname": .text(nickname),
      "fullName": .text(fullName), "bio": .text(bio), "avatar": .text(avatar),
      "backgroundImage": .null, "website": .null, "twitter": .null, "telegram": .null,
      "location": .null, "createdAt": .string(Timestamp.text(createdAt)),
      "updatedAt": .string(Timestamp.text(createdAt)), "isVerified": .bool(isVerified),
      "isCreator": .bool(isCreator), "followersCount": 0, "followingCount": 0, "postsCount": 0,
      "referrerId": .null, "name": .null, "email": .null, "token": .null,
      "tokenExpiresAt": .null, "solanaWallet": .string(wallet),
      "_count": ["posts": 0, "followers": 0, "follows": 0],
    ]
    guard generation == .a else { return profile }
    return profile.adding([.init(key: "referrer", value: .null)])
  }

  /// A row of `GET /api/creators`.
  var creatorRow: WireJSON {
    [
      "id": .string(id), "wallet": .string(wallet), "nickname": .text(nickname),
      "fullName": .text(fullName), "bio": .text(bio),
      "name": .text(fullName ?? nickname), "username": .text(nickname),
      "description": .text(bio), "avatar": .text(avatar), "backgroundImage": .null,
      "isVerified": .bool(isVerified), "followersCount": 0, "postsCount": 0, "subscribers": 0,
      "posts": 0, "tags": [], "createdAt": .string(Timestamp.text(createdAt)),
    ]
  }
}
