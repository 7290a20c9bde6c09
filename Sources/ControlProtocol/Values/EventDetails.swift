package import FonanaCore

/// The data of `connection.changed`.
package struct ConnectionChange: Codable, Sendable, Hashable {
  package var state: ConnectionStatus.State
  @Nullable package var error: ErrorInfo?

  package init(state: ConnectionStatus.State, error: ErrorInfo? = nil) {
    self.state = state
    self.error = error
  }
}

/// The data of `token.refreshed`.
package struct TokenChange: Codable, Sendable, Hashable {
  @RFC3339 package var expiresAt: Timestamp?

  package init(expiresAt: Timestamp? = nil) {
    self.expiresAt = expiresAt
  }
}

/// The data of `sync.progress`.
package struct SyncProgress: Codable, Sendable, Hashable {
  package var state: SyncStatus.State
  package var conversationsDone: Int
  package var conversationsTotal: Int
  /// Mirrored so far.
  package var messages: Int

  package init(
    state: SyncStatus.State, conversationsDone: Int, conversationsTotal: Int, messages: Int
  ) {
    self.state = state
    self.conversationsDone = conversationsDone
    self.conversationsTotal = conversationsTotal
    self.messages = messages
  }
}
