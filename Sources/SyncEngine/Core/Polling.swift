package import FonanaCore

/// When to ask whether something has changed. Push is a hint, asking is the protocol
/// (docs/protocol.md, 8).
package struct Polling: Sendable {
  /// What `GET /api/user/notifications?limit=1` says; it moves with each message of another.
  package struct Mark: Sendable, Equatable {
    var newest: NotificationID?
    var unread: Int
  }

  package var mark: Mark?
  package var isQuestionAsked = false
  /// How many notifications it asks for: one, or after a push those that it may be about.
  package var questionLimit = 1
  package var isListAsked = false
  /// Something happened while a list was on its way: it may be too old.
  package var isListWantedAgain = false
  /// And a person waits for the next one.
  package var isNextListAsked = false
  /// Pushes that are looked into at once while somebody watches; beyond it they share the budget of
  /// what nobody asked for.
  package var pace = RequestBudget(burst: 30, perMinute: 60)
  package var hasListed = false
  /// The last one of each has failed: whoever answers is not the server, or it has trouble.
  package var isListFailing = false
  package var isQuestionFailing = false
  /// The next list shows what was missed, not what happens.
  package var isBacklogNext = true
  /// Somebody has just logged in: what the next list shows was missed by nobody.
  package var isAfterLogin = false
  /// What the last list of that kind has shown.
  package var missed: MissedMessages?
  /// When that list was made, on the server's clock: what is older was missed as well, whenever
  /// and from wherever it comes.
  package var witnessedSince: Timestamp?
  package var lastListAtBoot: Duration?
  /// When the one that is on its way was asked for, and the one that came last.
  package var listAskedAtBoot: Duration?
  package var lastListAskedAtBoot: Duration?
  /// Of the newest one that is on the disk too: before, nobody could find what it holds.
  package var lastListAt: Timestamp?
  package var lastListBytes = 0
  /// How many have gone into the book.
  package var listsTaken = 0
  /// A list with several new messages of one conversation, which waits for those that it does not
  /// show. Nobody relies on an older list meanwhile.
  package var held: ArrivedList?
  /// What has come of its burst, the newest of each answer first, and how much was unread then.
  package var heldPreviews: [PlatformNotification] = []
  package var heldUnread: Int?
  /// How much was unread by the last previews that went to the store.
  package var toldUnread: Int?
  /// Of what is on its way.
  package var previewsLimit = 0
  package var burstLimit = 0
  /// When the store was told last that a list came.
  package var lastNotedAtBoot: Duration?
  package var watchers = 0
  package var lastEventAtBoot: Duration?
  package var lastSendAtBoot: Duration?
  package var lastActivityAtBoot: Duration = .zero
  package var isTicking = false
  package var nextTickAtBoot: Duration?
  /// The first previews after a start are old news, unless the first list has told its time.
  package var isFirstPreview = true
  /// Boot-time minus monotonic at the last event: it grows when the machine has slept.
  package var sleepTotal: Duration?
  /// How far the wall clock is ahead of the boot-time clock.
  package var wallLead: Timestamp?

  /// As many as are asked for at once.
  package static let fewestPreviews = 20
  package static let mostPreviews = 1_000

  package init() {}

  /// Before the first list everything is old.
  package func backlog(_ isAll: Bool) -> Backlog {
    Backlog(isAll || isBacklogNext, before: witnessedSince)
  }
}
