import Synchronization

/// A value behind a lock that tasks can wait on: after each change the conditions of all who wait
/// are looked at, inside the lock, and those that hold are resumed outside of it.
final class Observed<Value: Sendable>: Sendable {
  private struct Waiter {
    let condition: @Sendable (Value) -> Bool
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct Guarded {
    var value: Value
    var waiters: [UInt64: Waiter] = [:]
    var nextID: UInt64 = 0
  }

  private let guarded: Mutex<Guarded>

  init(_ value: Value) {
    guarded = Mutex(Guarded(value: value))
  }

  func read<Result: Sendable>(_ body: (Value) -> Result) -> Result {
    guarded.withLock { body($0.value) }
  }

  @discardableResult
  func update<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    let (result, resumed) = guarded.withLock { guarded in
      let result = body(&guarded.value)
      return (result, Self.takeSatisfied(&guarded))
    }
    for continuation in resumed { continuation.resume() }
    return result
  }

  /// Returns as soon as the condition holds; throws `CancellationError` when the task ends before.
  func wait(until condition: @escaping @Sendable (Value) -> Bool) async throws {
    let id = guarded.withLock { guarded in
      guarded.nextID += 1
      return guarded.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        register(id, Waiter(condition: condition, continuation: continuation))
      }
    } onCancel: {
      let waiter = guarded.withLock { $0.waiters.removeValue(forKey: id) }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  /// A cancellation that came before is seen here, one that comes later finds the waiter.
  private func register(_ id: UInt64, _ waiter: Waiter) {
    let holds = guarded.withLock { guarded in
      if waiter.condition(guarded.value) { return true }
      guarded.waiters[id] = waiter
      return false
    }
    if holds {
      waiter.continuation.resume()
    } else if Task.isCancelled {
      let waiter = guarded.withLock { $0.waiters.removeValue(forKey: id) }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  private static func takeSatisfied(
    _ guarded: inout Guarded
  ) -> [CheckedContinuation<Void, any Error>] {
    guard !guarded.waiters.isEmpty else { return [] }
    let ids = guarded.waiters.filter { $0.value.condition(guarded.value) }.map(\.key)
    return ids.compactMap { guarded.waiters.removeValue(forKey: $0)?.continuation }
  }
}
