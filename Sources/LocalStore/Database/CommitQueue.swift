import FonanaCore
import GRDB
import Synchronization

/// Brings writes to the one writer connection, and lets those that wait together share a commit.
///
/// A commit costs a sync of the disk. While one is under way, further jobs gather; the next
/// transaction takes them all, each in a savepoint of its own, so that one that fails takes none
/// of the others with it. Callers are answered after the commit. Jobs run on the writer's queue
/// and not in the caller's task: its cancellation does not reach them.
final class CommitQueue: Sendable {
  private struct State {
    var jobs: [Job] = []
    var isScheduled = false
    var isClosed = false
  }

  private static let largestGroup = 128
  private let connections: ConnectionHolder
  private let state = Mutex(State())

  init(_ connections: ConnectionHolder) { self.connections = connections }

  private var pool: DatabasePool { connections.pool }

  /// Returns when the transaction is durable. `body` may run twice: when others in its
  /// transaction made all of it fail, it is tried again alone.
  func run<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(FonanaError) -> Value {
    let outcome: Result<Value, FonanaError> = await withCheckedContinuation { continuation in
      submit([Self.job(body) { continuation.resume(returning: $0) }])
    }
    return try outcome.get()
  }

  /// Each as `run`, in that order, up to the first that fails; returns when all are through.
  func run<Value: Sendable>(
    all bodies: [@Sendable (Database) throws -> Value]
  ) async -> [Result<Value, FonanaError>] {
    guard !bodies.isEmpty else { return [] }
    return await withCheckedContinuation { continuation in
      let outcomes = JobOutcomes<Value>(of: bodies.count) { continuation.resume(returning: $0) }
      submit(
        bodies.enumerated().map { place, body in
          Self.job { db in
            try outcomes.attempt(at: place) { try body(db) }
          } _: {
            outcomes.note($0, at: place)
          }
        })
    }
  }

  // No cancellation handler on purpose: what the server has confirmed must be written.
  private static func job<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value,
    _ end: @escaping @Sendable (Result<Value, FonanaError>) -> Void
  ) -> Job {
    Job(
      attempt: { db in
        let value = try body(db)
        return { end(.success(value)) }
      },
      fail: { end(.failure(FonanaError(store: $0))) })
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Refuses later jobs and waits for those that are here already. Blocks.
  func close() {
    state.withLock { $0.isClosed = true }
    // Each turn ends behind the group that is scheduled now.
    while state.withLock({ $0.isScheduled }) { pool.writeWithoutTransaction { _ in } }
  }

  private func submit(_ jobs: [Job]) {
    let (isRefused, mustSchedule) = state.withLock { state in
      guard !state.isClosed else { return (true, false) }
      state.jobs += jobs
      defer { state.isScheduled = true }
      return (false, !state.isScheduled)
    }
    if isRefused { for job in jobs { job.fail(FonanaError.storeClosed) } }
    if mustSchedule { schedule() }
  }

  private func schedule() {
    pool.asyncWriteWithoutTransaction { db in
      self.commit(self.takeGroup(), in: db)
      if self.hasMore() { self.schedule() }
    }
  }

  private func takeGroup() -> [Job] {
    state.withLock { state in
      let group = Array(state.jobs.prefix(Self.largestGroup))
      state.jobs.removeFirst(group.count)
      return group
    }
  }

  private func hasMore() -> Bool {
    state.withLock { state in
      state.isScheduled = !state.jobs.isEmpty
      return state.isScheduled
    }
  }

  private func commit(_ group: [Job], in db: Database) {
    do {
      try GroupCommit(db).perform(group).forEach { $0() }
    } catch {
      let isDistrusted = ConnectionHolder.isDistrusted(after: error)
      if isDistrusted { connections.reopen(after: db) }
      guard group.count > 1, !isDistrusted else { return group.forEach { $0.fail(error) } }
      // The transaction was lost as a whole (a full disk ends it, not only a savepoint).
      for job in group { commit([job], in: db) }
    }
  }
}
