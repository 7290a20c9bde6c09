import GRDB
import Synchronization

/// Counts the transactions that were committed, so that what was computed from an older state is
/// known to be old.
final class CommitCounter: TransactionObserver, Sendable {
  private let count = Atomic<Int>(0)

  /// A reader that starts after this was read sees at least that state.
  var value: Int { count.load(ordering: .acquiring) }

  /// Rows are of no interest here.
  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseDidRollback(_ db: Database) {}

  func databaseDidCommit(_ db: Database) { count.add(1, ordering: .releasing) }
}
