import FonanaCore

/// Transactions in the order in which the core wanted them.
extension Engine {
  /// What gathers while a sync of the disk is under way shares the next one.
  func commitInOrder(_ backlog: CommitBacklog) async {
    for await _ in backlog.arrivals {
      let transactions = backlog.takeAll()
      let outcomes = await store.perform(transactions.map(\.acts), at: clock.now.wall)
      for (transaction, outcome) in zip(transactions, outcomes) { end(transaction.id, outcome) }
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

  func save(_ stored: StoredCredentials) async {
    do throws(FonanaError) { try await credentials.save(stored) } catch { log.storeFailed(error) }
  }
}
