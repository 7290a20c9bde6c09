import FonanaCore
import GRDB

extension UserProfile {
  static let columns = "id, wallet, nickname, full_name, avatar"

  init(_ row: Row) throws {
    try self.init(
      id: row.at(0), wallet: row.at(1), nickname: row.at(2), fullName: row.at(3), avatar: row.at(4))
  }

  /// What nicknames are compared by.
  static func key(ofNickname nickname: some StringProtocol) -> String { nickname.lowercased() }

  /// The server leaves fields out in places; what it once told stays known.
  func completed(from known: UserProfile?) -> UserProfile {
    guard let known else { return self }
    return UserProfile(
      id: id, wallet: wallet ?? known.wallet, nickname: nickname ?? known.nickname,
      fullName: fullName ?? known.fullName, avatar: avatar ?? known.avatar)
  }

  func save(in db: Database) throws {
    try db.run(
      """
      INSERT OR REPLACE INTO user (\(Self.columns), nickname_key) VALUES (?, ?, ?, ?, ?, ?)
      """, [id, wallet, nickname, fullName, avatar, nickname.map(Self.key(ofNickname:))])
  }
}

extension Database {
  func user(_ id: UserID) throws -> UserProfile? {
    try first("SELECT \(UserProfile.columns) FROM user WHERE id = ?", [id], UserProfile.init)
  }
}
