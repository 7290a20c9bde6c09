import FonanaCore

/// How much of what may be forgotten is kept.
struct StoreLimits: Sendable {
  var eventCount: Int64 = 100_000
  var eventAge = Duration.seconds(30 * 86_400)
  /// So many are kept for a consumer that has not acknowledged them.
  var unseenCount: Int64 = 500_000
  /// Nothing more is kept for one that was not seen for so long.
  var consumerAge = Duration.seconds(90 * 86_400)
  /// Of the sent log and of the stories of items that have left the outbox.
  var sentAge = Duration.seconds(7 * 86_400)
  /// Old rows go whenever this many events have been written.
  var pruneEvery: Int64 = 256
}
