import FonanaCore
import Synchronization

/// Transactions in the order in which the core wanted them.
extension Engine {
  /// What gathers while a sync of the disk is under way shares the next one.
  func commitInOrder(_ backlog: CommitBacklog) async {
    for await _ in backlog.arrivals {
      var transactions = backlog.takeAll()[...]
      while let first = transactions.first, let error = failure(below: first.id) {
        transactions.removeFirst()
        end(first.id, .failure(error))
      }
      let outcomes = await store.perform(transactions.map(\.acts), at: clock.now.wall)
      for (transaction, outcome) in zip(transactions, outcomes) { end(transaction.id, outcome) }
    }
  }

  /// Of one that the core wanted before it knew that another has failed: it may build on that. A
  /// page below one that is not there would leave a hole that nobody knows of.
  private func failure(below id: TransactionID) -> FonanaError? {
    state.withLock { state in
      state.lastFailure.flatMap { id.number <= $0.lastWanted.number ? $0.error : nil }
    }
  }

  private func end(_ id: TransactionID, _ outcome: Result<StoreResult, FonanaError>) {
    switch outcome {
    case .success(let result):
      if !result.events.isEmpty { onEvents(result.events) }
      feed(.committed(id, result))
    case .failure(let error):
      log.storeFailed(error)
      feed(.commitFailed(id, error))
    }
  }

  /// A secret file that can't be read is as none: the mirror is served, what is sent waits, and the
  /// next login writes it anew.
  func storedCredentials(of account: AccountRecord?) async -> StoredCredentials? {
    do throws(FonanaError) {
      return try await credentials.load()
    } catch {
      log.storeFailed(error)
      guard let account else { return nil }
      var stored = StoredCredentials(
        origin: account.origin, wallet: account.wallet, userID: account.userID, token: nil,
        issuedAt: nil, expiresAt: nil)
      stored.isUnreadable = true
      return stored
    }
  }

  func save(_ stored: StoredCredentials) async {
    do throws(FonanaError) {
      try await credentials.save(stored)
      state.withLock { $0.saveError = nil }
    } catch {
      log.storeFailed(error)
      state.withLock { $0.saveError = error }
    }
  }
}
