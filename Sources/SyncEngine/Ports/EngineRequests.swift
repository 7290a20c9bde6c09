package import FonanaCore

/// What a person may do with an outbox item.
package enum OutboxCommand: Hashable, Sendable, Codable {
  case retry(ClientID)
  case retryAll
  case cancel(ClientID)
  /// Lets the later messages of the conversation pass a parked or held head.
  case skip(ClientID)
  case hold(ClientID)
  case release(ClientID)
  case edit(ClientID, content: String)
}

/// How current what `read` shows is.
package struct ReadFreshness: Hashable, Sendable, Codable {
  package enum Source: String, Sendable, Codable { case push, poll, stale }

  package var source: Source
  package var completeUpTo: Timestamp?
  package var lastPullAt: Timestamp?
  package var gaps: Int
  /// The server marked the conversation read for this.
  package var didTick: Bool

  package init(
    source: Source, completeUpTo: Timestamp?, lastPullAt: Timestamp?, gaps: Int, didTick: Bool
  ) {
    self.source = source
    self.completeUpTo = completeUpTo
    self.lastPullAt = lastPullAt
    self.gaps = gaps
    self.didTick = didTick
  }
}

/// What a login brought.
package struct LoginResult: Sendable, Equatable, Codable {
  package var account: AccountRecord
  package var generation: ServerGeneration?
  package var tokenExpiresAt: Timestamp?
  /// `user_…` and no conversations: the server may just have made it.
  package var looksNew: Bool

  package init(
    account: AccountRecord, generation: ServerGeneration?, tokenExpiresAt: Timestamp?,
    looksNew: Bool
  ) {
    self.account = account
    self.generation = generation
    self.tokenExpiresAt = tokenExpiresAt
    self.looksNew = looksNew
  }
}
