import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// Finds out to whom a message goes (docs/reliability.md, “Who is who”).
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
    let name = text.hasPrefix("@") ? String(text.dropFirst()) : text
    try Self.checkName(name)
    guard try await context.status().mayAnswer else { return Recipient(text: text) }
    let mayBeID = !text.hasPrefix("@") && name.utf8.allSatisfy(RecipientSigns.isAlphanumeric)
    return try await ask([.nickname(name)] + (mayBeID ? [.id(UserID(text))] : []), text)
  }

  /// What the server can look up (docs/protocol.md, 5): what it never will must not be queued, where
  /// it would stand before others.
  private static func checkName(_ name: String) throws(FonanaError) {
    guard RecipientSigns.areAll(in: name) else {
      throw FonanaError(
        .invalidInput,
        "“\(DisplayText.line(name, limit: 60))” can't be a nickname, a wallet or an id.",
        hint: "Names have letters from a to z, digits, “_”, “-” and “.”; “fonana inbox” shows them."
      )
    }
  }

  /// Looking up a wallet makes an account at the server, so that has to be wanted.
  private func newWallet(_ text: String, createNew: Bool) async throws(FonanaError) -> Recipient {
    guard createNew else {
      throw FonanaError(
        .notFound, "Nobody here knows the wallet \(text).",
        hint: "Add --new to begin a conversation; the server makes an account for any address.")
    }
    guard try await context.status().mayAnswer else { return Recipient(text: text) }
    return try await ask([.wallet(text)], text)
  }

  private func ask(_ queries: [UserQuery], _ text: String) async throws(FonanaError) -> Recipient {
    for query in queries {
      do throws(FonanaError) {
        let patience = context.engine.status.patience(upTo: Self.patience)
        let reply = try await context.engine.call(.lookUpUser(query), patience: patience)
        guard case .user(let user) = reply else { return Recipient(text: text) }
        return try await pin(user, text)
      } catch {
        // Wrong input: the server says that nobody can be called that.
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
