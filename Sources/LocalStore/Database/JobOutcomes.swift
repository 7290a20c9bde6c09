import FonanaCore
import Synchronization

/// Gathers how several jobs ended, in their order; each ends once.
final class JobOutcomes<Value: Sendable>: Sendable {
  private let count: Int
  private let whenComplete: @Sendable ([Result<Value, FonanaError>]) -> Void
  private let outcomes = Mutex<[Int: Result<Value, FonanaError>]>([:])

  init(of count: Int, whenComplete: @escaping @Sendable ([Result<Value, FonanaError>]) -> Void) {
    self.count = count
    self.whenComplete = whenComplete
  }

  func note(_ outcome: Result<Value, FonanaError>, at place: Int) {
    let all = outcomes.withLock { outcomes in
      outcomes[place] = outcome
      return outcomes.count == count ? outcomes : nil
    }
    guard let all else { return }
    whenComplete((0..<count).compactMap { all[$0] })
  }
}
