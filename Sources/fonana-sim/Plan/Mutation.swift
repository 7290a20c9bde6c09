/// A deliberate defect between the core and its world, to show that the checks can fail.
enum Mutation: String, CaseIterable, Sendable {
  /// Lost answers are taken for requests that never left.
  case lostMeansUnsent = "lost-means-unsent"
  /// An enqueue is reported before it is durable.
  case replyBeforeCommit = "reply-before-commit"
  /// The store loses the oldest message of each page.
  case losePageEdge = "lose-page-edge"
  /// The timers that heal never fire: those of the outbox and the ticks.
  case noHealTimer = "no-heal-timer"
  /// A crash takes the last transactions with it, although they were reported as durable.
  case unsyncedStore = "unsynced-store"
  /// What the core wanted before it knew that a transaction has failed is written all the same.
  case failuresApart = "failures-apart"
}
