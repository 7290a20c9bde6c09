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

  /// All calls at once, each of a caller of its own.
  func together(_ calls: [[StoreAct]]) async -> [Result<StoreResult, FonanaError>] {
    let release = holdWriter()
    return await withTaskGroup { group in
      for (place, acts) in calls.enumerated() {
        group.addImmediateTask {
          do throws(FonanaError) {
            let result = try await self.perform(acts, at: Sample.time(0))
            return (place, Result<StoreResult, FonanaError>.success(result))
          } catch {
            return (place, Result<StoreResult, FonanaError>.failure(error))
          }
        }
      }
      release.signal()
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }
        .map(\.value)
    }
  }
}
