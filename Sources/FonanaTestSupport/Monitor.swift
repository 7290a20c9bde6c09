import Synchronization

/// State that a test can wait on: after every change each waiter looks at it once more.
///
/// The state is touched only inside the mutex; continuations are resumed outside of it. A waiter is
/// resumed exactly once: by the change that it was waiting for, or by the cancellation of its task.
package final class Monitor<State: Sendable>: Sendable {
  /// Looks at the state and, when it likes it, gives what to do after the lock is released.
  private typealias Attempt = @Sendable (inout State) -> (@Sendable () -> Void)?

  private struct Waiter {
    let id: Int
    let attempt: Attempt
    let cancel: @Sendable () -> Void
  }

  private struct Contents {
    var state: State
    var waiters: [Waiter] = []
    var lastID = 0
  }

  private let contents: Mutex<Contents>

  package init(_ state: State) {
    contents = Mutex(Contents(state: state))
  }

  /// Changes the state, then serves the waiters in the order in which they came.
  @discardableResult
  package func change<R: Sendable>(_ body: @Sendable (inout State) -> R) -> R {
    let (result, resumptions) = contents.withLock { contents in
      let result = body(&contents.state)
      return (result, Self.serve(&contents))
    }
    for resume in resumptions { resume() }
    return result
  }

  package func read<R: Sendable>(_ body: @Sendable (State) -> R) -> R {
    contents.withLock { body($0.state) }
  }

  /// Returns as soon as `take` gives a value; `take` may remove from the state what it takes.
  package func wait<R: Sendable>(
    _ take: @escaping @Sendable (inout State) -> R?
  ) async throws -> R {
    let id = contents.withLock { contents in
      contents.lastID += 1
      return contents.lastID
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        register(id, take, continuation)
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func register<R: Sendable>(
    _ id: Int, _ take: @escaping @Sendable (inout State) -> R?,
    _ continuation: CheckedContinuation<R, any Error>
  ) {
    let waiter = Waiter(
      id: id,
      attempt: { state in
        guard let value = take(&state) else { return nil }
        return { continuation.resume(returning: value) }
      },
      cancel: { continuation.resume(throwing: CancellationError()) })
    let resume: (@Sendable () -> Void)? = contents.withLock { contents in
      // Thread A cancels before this line: its `cancel` found no waiter, but the task knows.
      if Task.isCancelled { return waiter.cancel }
      if let resume = waiter.attempt(&contents.state) { return resume }
      contents.waiters.append(waiter)
      return nil
    }
    resume?()
  }

  private func cancel(_ id: Int) {
    let waiter = contents.withLock { contents in
      contents.waiters.firstIndex { $0.id == id }.map { contents.waiters.remove(at: $0) }
    }
    waiter?.cancel()
  }

  private static func serve(_ contents: inout Contents) -> [@Sendable () -> Void] {
    var resumptions: [@Sendable () -> Void] = []
    var waiting: [Waiter] = []
    for waiter in contents.waiters {
      if let resume = waiter.attempt(&contents.state) {
        resumptions.append(resume)
      } else {
        waiting.append(waiter)
      }
    }
    contents.waiters = waiting
    return resumptions
  }
}
