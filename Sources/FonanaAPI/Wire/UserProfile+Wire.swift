import FonanaCore

extension UserProfile {
  /// The list writes `Unknown` for a user without a nickname (docs/protocol.md, 3).
  static let placeholderNickname = "Unknown"

  /// nil without an id. Only the fields that are understood are taken.
  init?(wire object: JSONObject?) {
    guard let object, let id: UserID = object.identifier("id") else { return nil }
    let nickname = object.string("nickname")
    self.init(
      id: id, wallet: object.string("wallet"),
      nickname: nickname == Self.placeholderNickname ? nil : nickname,
      fullName: object.string("fullName"), avatar: object.string("avatar"))
  }
}
