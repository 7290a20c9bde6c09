package import FonanaCore
package import Logging

/// The engine as the daemon sees it. (Interface; see the driver for how it runs.)
package final class Engine: Sendable {
  package init(
    configuration: EngineConfiguration, server: any ServerPort, socket: any SocketPort,
    store: any StorePort, credentials: any CredentialPort, clock: any EngineClock,
    seed: UInt64, logger: Logger,
    onEvents: @escaping @Sendable ([StoreEvent]) -> Void
  ) { fatalError() }

  /// Runs until cancelled. Loads the snapshot and the credentials first.
  package func run() async throws { fatalError() }
  /// A value, always at hand.
  package var status: EngineStatus { fatalError() }

  /// Gets a token for `wallet`, pins the store. `keepNew: false`: when the account looks new,
  /// nothing is kept and `looksNew` is true in the result.
  package func logIn(wallet: String, keepNew: Bool) async throws(FonanaError) -> LoginResult { fatalError() }
  package func logOut() async throws(FonanaError) { fatalError() }
  /// Returns after the commit.
  package func enqueue(_ item: OutboxItem) async throws(FonanaError) -> EnqueueResult { fatalError() }
  package func perform(_ command: OutboxCommand) async throws(FonanaError) { fatalError() }
  /// Makes the conversation as current as it can within `patience`: see docs/reliability.md, 1.6.
  /// `wantsAll`: wait for gaps to close too.
  package func prepareRead(_ conversation: ConversationID, wantsAll: Bool, patience: Duration) async -> ReadFreshness { fatalError() }
  /// Marks here what was shown; nothing is asked of the server.
  package func markRead(_ conversation: ConversationID, through: MessagePosition) async throws(FonanaError) { fatalError() }
  /// Asks the list now (for `inbox` when stale); false when it did not come within `patience`.
  package func refreshList(patience: Duration) async -> Bool { fatalError() }
  /// One call within the budget: profile look-ups, notifications. Its failure is thrown.
  package func call(_ request: ServerRequest, patience: Duration) async throws(FonanaError) -> ServerReply { fatalError() }
  /// Somebody looks (`watch`, `read --follow`): polling is quick until `attentionEnded`.
  package func attentionBegan() { fatalError() }
  package func attentionEnded() { fatalError() }
  /// Reconnects at once: after a wake-up, a change of network, `doctor`.
  package func reconnect() { fatalError() }
  /// Ends sockets and requests in an orderly way; `run()` then returns.
  package func shutDown() { fatalError() }
}
