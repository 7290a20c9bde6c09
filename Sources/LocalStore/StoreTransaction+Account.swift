import FonanaCore
import GRDB

/// Single values of the store.
enum Setting: String, DatabaseValueConvertible {
  case generation
  case isEchoing = "is_echoing"
  /// Milliseconds since 1970.
  case lastListAt = "last_list_at"
  case lastPullAt = "last_pull_at"
  /// Milliseconds since 1970: in all conversations what is older was forgotten by a person.
  case forgottenBefore = "forgotten_before"
  case unreadNotifications = "unread_notifications"
  /// Something was removed whose traces still have to go, see `LocalStore.TracesLeft`.
  case tracesLeft = "traces_left"
}

extension StoreTransaction {
  func pin(_ account: AccountRecord) throws {
    if let pinned = try db.account(),
      pinned.origin != account.origin || pinned.userID != account.userID
    {
      throw FonanaError.otherAccount(pinned, than: account)
    }
    try db.run(
      "INSERT OR REPLACE INTO account VALUES (1, ?, ?, ?, ?, ?)",
      [account.origin, account.userID, account.wallet, account.nickname, account.fullName])
    try note(
      UserProfile(
        id: account.userID, wallet: account.wallet, nickname: account.nickname,
        fullName: account.fullName))
  }

  func set(_ setting: Setting, _ value: String) throws {
    try db.run("INSERT OR REPLACE INTO setting VALUES (?, ?)", [setting, value])
  }

  func count(_ counter: StoreCounter) throws {
    try db.run(
      """
      INSERT INTO counter VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1
      """, [counter.rawValue])
  }
}

extension Database {
  func account() throws -> AccountRecord? {
    try first("SELECT origin, user_id, wallet, nickname, full_name FROM account") { row in
      try AccountRecord(
        origin: row.at(0), userID: row.at(1), wallet: row.at(2), nickname: row.at(3),
        fullName: row.at(4))
    }
  }

  func setting(_ setting: Setting) throws -> String? {
    try first("SELECT value FROM setting WHERE name = ?", [setting]) { try $0.at(0) as String }
  }
}

extension FonanaError {
  fileprivate static func otherAccount(
    _ pinned: AccountRecord, than account: AccountRecord
  ) -> FonanaError {
    let what =
      pinned.origin == account.origin
      ? "account \(pinned.nickname ?? pinned.wallet)" : "server \(pinned.origin)"
    return FonanaError(
      .wrongAccount, "This profile belongs to the \(what).",
      hint: "Use “--profile NAME”, or empty this one with “fonana logout --purge”.")
  }
}
