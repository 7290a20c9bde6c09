import FonanaCore
import LocalStore
import SyncEngine

/// The store as the engine wants it.
struct LocalStorePort: StorePort {
  let store: LocalStore

  func snapshot() async throws(FonanaError) -> StoreSnapshot { try await store.snapshot() }

  func perform(
    _ acts: [StoreAct], at now: Timestamp
  ) async throws(FonanaError) -> StoreResult {
    try await store.perform(acts, at: now)
  }
}
