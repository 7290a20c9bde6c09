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

  /// Makes all calls while the writer is held, so that they wait together.
  func together(_ calls: [[StoreAct]]) async -> [Result<StoreResult, FonanaError>] {
    let release = holdWriter()
    let outcomes = await withTaskGroup(of: (Int, Result<StoreResult, FonanaError>).self) { group in
      for (number, acts) in calls.enumerated() {
        // Runs at once, up to where it waits for the writer.
        group.addImmediateTask { (number, await self.outcome(of: acts)) }
      }
      release.signal()
      return await group.reduce(into: []) { $0.append($1) }
    }
    return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func outcome(of acts: [StoreAct]) async -> Result<StoreResult, FonanaError> {
    do throws(FonanaError) {
      return .success(try await perform(acts, at: Sample.time(0)))
    } catch {
      return .failure(error)
    }
  }
}
