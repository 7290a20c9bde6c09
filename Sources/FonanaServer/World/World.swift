import Synchronization

/// The server's world: its truth, and direct control of it for tests. Every call is synchronous and
/// may come from any thread: one lock guards one `WorldState`. Events that a change causes are
/// handed over outside of the lock.
package final class World: Sendable {
  private let state: Observed<WorldState>
  private let delivery = Mutex<(@Sendable (Push) -> Void)?>(nil)
  private let file: DataFile?

  init(state: WorldState, file: DataFile?) {
    self.state = Observed(state)
    self.file = file
  }

  /// Says where events go; they are lost before.
  func deliver(with delivery: @escaping @Sendable (Push) -> Void) {
    self.delivery.withLock { $0 = delivery }
  }

  package func read<Result: Sendable>(_ body: (WorldState) -> Result) -> Result {
    state.read(body)
  }

  @discardableResult
  func update<Result: Sendable>(_ body: (inout WorldState) -> Result) -> Result {
    let (result, pushes) = state.update { state in
      let result = body(&state)
      // In the lock, so that the file has the order of the changes.
      save(&state)
      let pushes = state.failure == nil ? state.outbox : []
      state.outbox = []
      return (result, pushes)
    }
    guard !pushes.isEmpty, let deliver = delivery.withLock({ $0 }) else { return result }
    for push in pushes { deliver(push) }
    return result
  }

  private func save(_ state: inout WorldState) {
    guard let file, let acts = state.unsaved, !acts.isEmpty, state.failure == nil else { return }
    state.unsaved = []
    do {
      try file.save(acts)
    } catch {
      state.failure = error
    }
  }

  func count(_ body: (inout ServerCounters) -> Void) {
    update { body(&$0.counters) }
  }

  /// Throws as soon as a change could not be saved.
  func waitForFailure() async throws {
    try await state.wait { $0.failure != nil }
    if let failure = read(\.failure) { throw failure }
  }

  /// Returns as soon as the condition holds. It is looked at after every change, inside the lock:
  /// keep it short. Throws `CancellationError`.
  package func wait(until condition: @escaping @Sendable (WorldState) -> Bool) async throws {
    try await state.wait(until: condition)
  }
}
