package import FonanaCore

/// `store.verify`.
package struct VerifyRequest: Codable, Sendable, Hashable {
  /// Null: all conversations.
  @Nullable package var who: String?
  /// Fetch every message, which marks it read at the server; else only the list is asked for.
  package var deep: Bool

  package init(who: String? = nil, deep: Bool = false) {
    self.who = who
    self.deep = deep
  }
}

/// What the mirror and the server do not agree in.
package struct VerifyResult: Codable, Sendable, Hashable {
  package var deep: Bool
  /// So many were compared.
  package var conversations: Int
  /// Of the server's; 0 unless `deep`.
  package var messages: Int
  /// Of the server's, left out since a person has forgotten them here.
  package var forgotten: Int
  package var differences: [VerifyDifference]

  package init(
    deep: Bool, conversations: Int = 0, messages: Int = 0, forgotten: Int = 0,
    differences: [VerifyDifference] = []
  ) {
    self.deep = deep
    self.conversations = conversations
    self.messages = messages
    self.forgotten = forgotten
    self.differences = differences
  }
}

package struct VerifyDifference: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// A conversation that one side has only.
    case notHere, notAtServer
    case unread, lastMessage
    /// Messages: `messageId` says which.
    case messageNotHere, messageNotAtServer, text
    /// `server` messages that the mirror knows to be missing.
    case notFetched
  }

  package var kind: Kind
  package var conversationId: ConversationID
  /// The other's name, as far as it is known.
  package var who: String
  @Nullable package var messageId: MessageID?
  /// What each side says, where that is a number or an id.
  @Nullable package var server: String?
  @Nullable package var here: String?

  package init(
    _ kind: Kind, in conversation: ConversationID, who: String, message: MessageID? = nil,
    server: String? = nil, here: String? = nil
  ) {
    self.kind = kind
    conversationId = conversation
    self.who = who
    messageId = message
    self.server = server
    self.here = here
  }
}
