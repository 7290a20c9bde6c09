import FonanaCore
import Synchronization

/// A call that somebody else may end: a child task of a group has no handle of its own.
final class CancellableCall: Sendable {
  private enum State {
    /// Not started, or without a way to end it yet. → running, over
    case waiting
    case running(Task<ServerAnswer, Never>)
    /// Ended or cancelled.
    case over
  }

  private let state = Mutex(State.waiting)

  var isOver: Bool { state.withLock { if case .over = $0 { true } else { false } } }

  func cancel() {
    let task = state.withLock { state -> Task<ServerAnswer, Never>? in
      defer { state = .over }
      if case .running(let task) = state { return task }
      return nil
    }
    task?.cancel()
  }

  /// The body runs in a task of its own, which is awaited at once and ends with the caller's.
  func run(_ body: @escaping @Sendable () async -> ServerAnswer) async -> ServerAnswer {
    let task = state.withLock { state -> Task<ServerAnswer, Never>? in
      if case .over = state { return nil }
      let task = Task { await body() }
      state = .running(task)
      return task
    }
    guard let task else {
      return .failure(ServerFailure(.cancelled, phase: .nothingWritten, detail: "cancelled"))
    }
    let answer = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    state.withLock { $0 = .over }
    return answer
  }
}
