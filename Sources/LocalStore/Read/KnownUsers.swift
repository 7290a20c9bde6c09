import FonanaCore
import GRDB

/// The users that one answer names, each asked for once.
struct KnownUsers {
  private var users: [UserID: UserProfile?] = [:]

  /// nil when nothing but the id is known.
  mutating func user(_ id: UserID, in db: Database) throws -> UserProfile? {
    if let user = users[id] { return user }
    let user = try db.user(id)
    users.updateValue(user, forKey: id)
    return user
  }
}
