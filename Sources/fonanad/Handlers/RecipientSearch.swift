import FonanaCore
import LocalStore
import SyncEngine

/// Finds out to whom a message goes (docs/reliability.md, 1.2).
struct RecipientSearch: Sendable {
  private static let patience = Duration.seconds(2)

  let context: DaemonContext

  /// Pinned when the mirror or, within 2 s, the server knows the name; else as it was typed, to
  /// be resolved once the server can be reached.
  func find(_ text: String, createNew: Bool) async throws(FonanaError) -> Recipient {
    if let match = try await context.recipient(text) {
      return Recipient(
        text: text, userID: match.user?.id, conversationID: match.conversationID,
        otherNames: match.user?.names)
    }
    if (try? WalletAddress(validating: text)) != nil {
      return try await newWallet(text, createNew: createNew)
    }
    guard context.engine.status.isServerReachable else { return Recipient(text: text) }
    let name = text.hasPrefix("@") ? String(text.dropFirst()) : text
    return try await ask([.nickname(name)] + (text.hasPrefix("@") ? [] : [.id(UserID(text))]), text)
  }

  /// Looking up a wallet makes an account at the server, so that has to be wanted.
  private func newWallet(_ text: String, createNew: Bool) async throws(FonanaError) -> Recipient {
    guard createNew else {
      throw FonanaError(
        .notFound, "Nobody here knows the wallet \(text).",
        hint: "Add --new to begin a conversation; the server makes an account for any address.")
    }
    guard context.engine.status.isServerReachable else { return Recipient(text: text) }
    return try await ask([.wallet(text)], text)
  }

  private func ask(_ queries: [UserQuery], _ text: String) async throws(FonanaError) -> Recipient {
    for query in queries {
      do throws(FonanaError) {
        let reply = try await context.engine.call(.lookUpUser(query), patience: Self.patience)
        guard case .user(let user) = reply else { return Recipient(text: text) }
        return try await pin(user, text)
      } catch {
        guard error.code == .notFound || error.code == .invalidInput else {
          return Recipient(text: text)
        }
      }
    }
    throw FonanaError(
      .notFound, "The server knows nobody called “\(DisplayText.line(text, limit: 60))”.",
      hint: "Check the spelling; nothing was queued.")
  }

  private func pin(_ user: UserProfile, _ text: String) async throws(FonanaError) -> Recipient {
    _ = try await context.store.perform([.noteUser(user)], at: SystemClock.wall)
    let conversation = try await context.store.conversation(with: user.id)
    return Recipient(
      text: text, userID: user.id, conversationID: conversation, otherNames: user.names)
  }
}
