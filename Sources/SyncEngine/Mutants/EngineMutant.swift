/// A deliberate defect of the core or of a driver, to show that the simulator's checks and the tests with real
/// processes can fail (docs/reliability.md, “Mutants”).
///
/// It is a value of the configuration and not a compile condition, so that what is tested is the
/// very code that is released. Nothing sets it but `fonana-sim --mutant` and `fonanad --mutant`,
/// which is refused unless the server is on loopback.
package enum EngineMutant: String, Sendable, Codable, CaseIterable {
  /// After its quarantine an item is sent again without a look.
  case noReconcile = "no-reconcile"
  /// The look comes at once, while the server may still be at it.
  case noQuarantine = "no-quarantine"
  /// A 500 is taken for “not stored”.
  case resendOn500 = "resend-on-500"
  /// Later messages pass a parked one.
  case skipPastParked = "skip-past-parked"
  /// The next page is asked for with the last id of the one before: ties are skipped.
  case cursorIsLastID = "cursor-is-last-id"
  /// A pull ends where the known begins, and takes nothing from below.
  case noOverlap = "no-overlap"
  /// What a page leaves out below itself is forgotten.
  case noGapRow = "no-gap-row"
  /// An enqueue is reported before it is durable.
  case replyBeforeCommit = "reply-before-commit"
  /// Every refused request asks for a new token of its own.
  case twoRefreshes = "two-refreshes"
  /// The timers that heal are never set: those of the outbox and the tick.
  case noHealTimer = "no-heal-timer"
  /// A pushed message counts as fetched, and nobody asks for more.
  case pushIsData = "push-is-data"
  /// Unread messages are counted up here instead of taken from the list.
  case unreadIncrement = "unread-increment"
  /// Durations are measured on the wall clock.
  case wallClock = "wall-clock"
  /// An edit of what is in doubt is taken for a new message: sent without a look.
  case editInDoubt = "edit-in-doubt"
  /// Whom one message has found is not told to those that call the same person otherwise.
  case namesakesApart = "namesakes-apart"
  /// What the other has written since does not keep a message back.
  case sendThoughReplied = "send-though-replied"
  /// A message does not wait until its image is at the server.
  case sendBeforeUpload = "send-before-upload"

  // MARK: of drivers; the core does not know them

  /// A redirect is followed, whatever it leads to.
  case followRedirects = "follow-redirects"
  /// Commits are written but not synced (`synchronous = NORMAL`).
  case syncNormal = "sync-normal"

  /// Those that the simulator has to find.
  package static let ofCore = allCases.filter { $0 != .followRedirects && $0 != .syncNormal }
}
