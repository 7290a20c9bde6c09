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
    // No cancellation handler on purpose: what the server has confirmed must be written.
    let outcome: Result<Value, FonanaError> = await withCheckedContinuation { continuation in
      submit(
        Job(
          attempt: { db in
            let value = try body(db)
            return { continuation.resume(returning: .success(value)) }
          },
          fail: { continuation.resume(returning: .failure(FonanaError(store: $0))) }))
    }
    return try outcome.get()
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Refuses later jobs and waits for those that are here already. Blocks.
  func close() {
    state.withLock { $0.isClosed = true }
    // Each turn ends behind the group that is scheduled now.
    while state.withLock({ $0.isScheduled }) { pool.writeWithoutTransaction { _ in } }
  }

  private func submit(_ job: Job) {
    let (isRefused, mustSchedule) = state.withLock { state in
      guard !state.isClosed else { return (true, false) }
      state.jobs.append(job)
      defer { state.isScheduled = true }
      return (false, !state.isScheduled)
    }
    if isRefused { job.fail(FonanaError.storeClosed) }
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
      if isDistrusted { connections.reopen() }
      guard group.count > 1, !isDistrusted else { return group.forEach { $0.fail(error) } }
      // The transaction was lost as a whole (a full disk ends it, not only a savepoint).
      for job in group { commit([job], in: db) }
    }
  }
}
