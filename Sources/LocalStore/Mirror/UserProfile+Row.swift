import FonanaCore
import GRDB

extension UserProfile {
  static let columns = "id, wallet, nickname, full_name, avatar"

  init(_ row: Row) throws { try self.init(row, from: 0) }

  /// `first`: the place of the first of the columns.
  init(_ row: Row, from first: Int) throws {
    try self.init(
      id: row.at(first), wallet: row.at(first + 1), nickname: row.at(first + 2),
      fullName: row.at(first + 3), avatar: row.at(first + 4))
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
