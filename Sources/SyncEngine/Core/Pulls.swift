package import FonanaCore

/// Which conversations are being fetched, and how gently.
package struct Pulls: Sendable {
  package struct Active: Sendable, Hashable {
    package var cursor: MessagePosition?
    package var gap: Gap?
    /// The newest message that is known when it is asked for.
    package var knownTop: MessagePosition?
    package var limit: Int
    package var startedAt: Duration
    /// `Polling.listsTaken` when it is asked for.
    package var listsTaken: Int
    package var isDeepCheck = false
  }

  /// A reader waits for the newest page, and perhaps for all gaps.
  package struct Reader: Sendable, Hashable {
    package var wish: WishID
    package var wantsAll: Bool
    package var since: Duration
    package var didTick = false
  }

  package static let smallestPage = 1
  package static let firstPage = 100
  package static let largestPage = 500
  package static let mostAtOnce = 2
  /// How many pages may wait for the disk.
  package static let mostUnstored = 3
  /// How many of the newest messages a deep check reads again, and how often.
  package static let deepPage = 500
  package static let deepInterval = Duration.seconds(6 * 3600)

  package var active: [ConversationID: Active] = [:]
  package var readers: [ConversationID: [Reader]] = [:]
  package var limit = firstPage
  /// The limit of the next page where the last one was no good: twice as much after a page that
  /// was one instant, half as much after one that failed.
  package var limits: [ConversationID: Int] = [:]
  /// No backfill before this instant of the boot-time clock: as long as the last answer took.
  package var pauseUntil: Duration = .zero
  package var backoff = Backoff.request
  /// Something may be pulled as soon as a list shows that it is read already.
  package var needsFreshList = false
  package var lastPullAt: Timestamp?
  /// When each conversation was checked, on the boot-time clock; none: never.
  package var deepChecks: [ConversationID: Duration] = [:]
  /// How many pages were applied, for progress.
  package var pages = 0

  package init() {}

  package mutating func pageCame(in elapsed: Duration) {
    pages += 1
    backoff.reset()
    guard elapsed < .milliseconds(500) else { return }
    limit = min(limit * 2, Self.largestPage)
  }

  package mutating func pageFailed() { limit = max(limit / 2, Self.smallestPage) }
}
