import GRDB
import Synchronization

/// Counts the transactions that were committed, so that what was computed from an older state is
/// known to be old.
final class CommitCounter: TransactionObserver, Sendable {
  private let commits = Atomic<Int>(0)
  private let removals = Atomic<Int>(0)
  private let isRemoving = Atomic<Bool>(false)

  /// How much has happened so far. A reader that starts afterwards sees at least that state.
  struct Mark: Equatable {
    var commits: Int
    /// Commits that removed messages.
    var removals: Int
  }

  var mark: Mark {
    Mark(
      commits: commits.load(ordering: .acquiring), removals: removals.load(ordering: .acquiring))
  }

  /// The connection is a new one: what was committed last may be gone.
  func noteReopening() {
    removals.add(1, ordering: .releasing)
    commits.add(1, ordering: .releasing)
  }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool {
    if case .delete("message") = eventKind { true } else { false }
  }

  func databaseDidChange(with event: DatabaseEvent) { isRemoving.store(true, ordering: .relaxed) }

  func databaseDidRollback(_ db: Database) { isRemoving.store(false, ordering: .relaxed) }

  func databaseDidCommit(_ db: Database) {
    if isRemoving.exchange(false, ordering: .relaxed) { removals.add(1, ordering: .releasing) }
    commits.add(1, ordering: .releasing)
  }
}
