package import FonanaCore
import GRDB

extension LocalStore {
  /// Whom `text` means, tried in the order of docs/interface.md: `@nickname`, conversation id,
  /// user id, wallet, nickname (in any case). The first kind that fits counts; of its fits all
  /// are returned, so more than one means that the name is ambiguous.
  package func resolve(_ text: String) async throws(FonanaError) -> [RecipientMatch] {
    try await read { try $0.resolve(text) }
  }
}

extension StoreView {
  /// As `LocalStore.resolve`.
  package func resolve(_ text: String) throws -> [RecipientMatch] { try db.resolve(text) }
}

extension Database {
  fileprivate func resolve(_ text: String) throws -> [RecipientMatch] {
    if text.hasPrefix("@") { return try users(nicknamed: text.dropFirst()) }
    for attempt in [conversationMatch, userMatch, walletMatches] {
      let matches = try attempt(text)
      if !matches.isEmpty { return matches }
    }
    return try users(nicknamed: text[...])
  }

  private func conversationMatch(_ text: String) throws -> [RecipientMatch] {
    guard let record = try conversation(ConversationID(text)) else { return [] }
    return [
      RecipientMatch(
        user: try record.participantID.map(profile), conversationID: record.id)
    ]
  }

  private func userMatch(_ text: String) throws -> [RecipientMatch] {
    try user(UserID(text)).map { [try match($0)] } ?? []
  }

  private func walletMatches(_ text: String) throws -> [RecipientMatch] {
    try all(
      "SELECT \(UserProfile.columns) FROM user WHERE wallet = ? ORDER BY id", [text],
      UserProfile.init
    ).map(match)
  }

  private func users(nicknamed text: Substring) throws -> [RecipientMatch] {
    try all(
      "SELECT \(UserProfile.columns) FROM user WHERE nickname_key = ? ORDER BY id",
      [UserProfile.key(ofNickname: text)], UserProfile.init
    ).map(match)
  }

  private func match(_ user: UserProfile) throws -> RecipientMatch {
    RecipientMatch(user: user, conversationID: try conversation(with: user.id))
  }
}
