package import FonanaCore

/// The routes as far as their tokens are concerned: each may refuse one for itself
/// (docs/protocol.md, 2).
package enum Route: String, Hashable, Sendable, Codable, CaseIterable {
  case token, verify, conversations, createConversation, messages, send, users, upload
  case notifications, version

  package init(_ request: ServerRequest) {
    switch request {
    case .requestToken: self = .token
    case .verifyToken: self = .verify
    case .listConversations: self = .conversations
    case .createConversation: self = .createConversation
    case .listMessages: self = .messages
    case .sendMessage: self = .send
    case .lookUpUser: self = .users
    case .uploadImage: self = .upload
    case .listNotifications, .markNotificationsRead, .markAllNotificationsRead:
      self = .notifications
    case .serverVersion: self = .version
    }
  }

  package var needsToken: Bool { self != .token && self != .version && self != .users }
}
