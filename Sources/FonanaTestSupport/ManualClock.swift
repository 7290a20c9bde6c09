/// A clock that stands still until a test moves it.
///
/// A test waits with `nextSleep()` until the code under test really sleeps, then calls
/// `advance(by:)`: no guess about how long anything takes.
package final class ManualClock: Sendable {
  private struct Sleeper: Sendable {
    let id: Int
    let deadline: Duration
    var isAnnounced = false
  }

  private struct State: Sendable {
    var now: Duration
    var sleepers: [Sleeper] = []
    var lastID = 0
  }

  private let monitor: Monitor<State>

  /// `now` counts from an arbitrary start.
  package init(now: Duration = .zero) {
    monitor = Monitor(State(now: now))
  }

  package var now: Duration { monitor.read(\.now) }

  /// The deadlines of all sleeps that are going on, earliest first.
  package var deadlines: [Duration] {
    monitor.read { $0.sleepers.map(\.deadline).sorted() }
  }

  package func sleep(for duration: Duration) async throws {
    try await sleep(until: now + duration)
  }

  /// Returns when the clock has been moved to `deadline` or beyond; throws when cancelled.
  package func sleep(until deadline: Duration) async throws {
    try Task.checkCancellation()
    let id = monitor.change { state in
      state.lastID += 1
      state.sleepers.append(Sleeper(id: state.lastID, deadline: deadline))
      return state.lastID
    }
    defer { monitor.change { state in state.sleepers.removeAll { $0.id == id } } }
    try await monitor.wait { state in state.now >= deadline ? () : nil }
  }

  /// Waits until a sleep begins that no earlier call has told of, and gives how long it will last.
  package func nextSleep() async throws -> Duration {
    try await monitor.wait { state in
      guard let index = state.sleepers.firstIndex(where: { !$0.isAnnounced }) else { return nil }
      state.sleepers[index].isAnnounced = true
      return state.sleepers[index].deadline - state.now
    }
  }

  /// Waits until somebody sleeps until exactly `deadline`.
  package func sleeper(until deadline: Duration) async throws {
    try await monitor.wait { state in
      state.sleepers.contains { $0.deadline == deadline } ? () : nil
    }
  }

  package func advance(by duration: Duration) {
    monitor.change { $0.now += duration }
  }

  /// Moves to the earliest deadline, waiting for a sleep when nobody sleeps; gives the new time.
  @discardableResult
  package func advanceToNextDeadline() async throws -> Duration {
    try await monitor.wait { state in
      let open = state.sleepers.filter { [now = state.now] in $0.deadline > now }
      guard let earliest = open.map(\.deadline).min() else { return nil }
      state.now = earliest
      return earliest
    }
  }
}
