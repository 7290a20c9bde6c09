import FonanaCore
import Synchronization

/// Gathers how several jobs ended, in their order; each ends once. What stands behind one that has
/// failed may build on it, and fails untried.
final class JobOutcomes<Value: Sendable>: Sendable {
  private let count: Int
  private let whenComplete: @Sendable ([Result<Value, FonanaError>]) -> Void
  private let outcomes = Mutex<[Int: Result<Value, FonanaError>]>([:])
  private let firstFailure = Mutex<(place: Int, error: FonanaError)?>(nil)

  init(of count: Int, whenComplete: @escaping @Sendable ([Result<Value, FonanaError>]) -> Void) {
    self.count = count
    self.whenComplete = whenComplete
  }

  /// A job may run twice: see `CommitQueue.run`.
  func attempt(at place: Int, _ body: () throws -> Value) throws -> Value {
    try firstFailure.withLock { failure throws(FonanaError) in
      if let failure, failure.place < place { throw failure.error }
      failure = nil
    }
    do {
      return try body()
    } catch {
      noteFailure(FonanaError(store: error), at: place)
      throw error
    }
  }

  private func noteFailure(_ error: FonanaError, at place: Int) {
    firstFailure.withLock { failure in
      if failure.map({ place < $0.place }) ?? true { failure = (place, error) }
    }
  }

  func note(_ outcome: Result<Value, FonanaError>, at place: Int) {
    // Also one that did its work and could not be committed.
    if case .failure(let error) = outcome { noteFailure(error, at: place) }
    let all = outcomes.withLock { outcomes in
      outcomes[place] = outcome
      return outcomes.count == count ? outcomes : nil
    }
    guard let all else { return }
    whenComplete((0..<count).compactMap { all[$0] })
  }
}
