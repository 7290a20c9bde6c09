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
    _ acts: [StoreAct], at now: Timestamp
  ) async throws(FonanaError) -> StoreResult {
    do throws(FonanaError) {
      return try await store.perform(acts, at: now)
    } catch {
      if store.takeReopenings() > 0 {
        logger.warning(
          "The database was opened anew after an error of the disk.",
          metadata: ["reason": "\(error.message)"])
      }
      throw error
    }
  }
}
