import FonanaCore
import LocalStore
import Logging
import SyncEngine

/// The store as the engine wants it.
struct LocalStorePort: StorePort {
  let store: LocalStore
  let logger: Logger

  func snapshot() async throws(FonanaError) -> StoreSnapshot { try await store.snapshot() }

  func perform(
    _ transactions: [[StoreAct]], at now: Timestamp
  ) async -> [Result<StoreResult, FonanaError>] {
    let outcomes = await store.perform(transactions, at: now)
    for case .failure(let error) in outcomes where store.takeReopenings() > 0 {
      logger.warning(
        "The database was opened anew after an error of the disk.",
        metadata: ["reason": "\(error.message)"])
    }
    return outcomes
  }
}
