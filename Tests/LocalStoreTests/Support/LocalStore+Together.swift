import Dispatch
import FonanaCore
import GRDB

@testable import LocalStore

extension LocalStore {
  /// Keeps the writer busy until the result is signalled.
  func holdWriter() -> DispatchSemaphore {
    let release = DispatchSemaphore(value: 0)
    pool.asyncWriteWithoutTransaction { _ in release.wait() }
    return release
  }

  /// All calls at once, as the engine makes them.
  func together(_ calls: [[StoreAct]]) async -> [Result<StoreResult, FonanaError>] {
    await perform(calls, at: Sample.time(0))
  }
}
