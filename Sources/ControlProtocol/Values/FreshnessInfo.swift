package import FonanaCore

/// How current an answer from the mirror is.
package struct FreshnessInfo: Codable, Sendable, Hashable {
  package enum Source: String, Codable, Sendable, CaseIterable {
    case push, poll, stale
    /// The daemon has just started: the server was not heard from yet.
    case starting
  }

  @RFC3339 package var completeUpTo: Timestamp?
  package var gaps: Int
  package var source: Source
  @RFC3339 package var lastPullAt: Timestamp?

  package init(
    completeUpTo: Timestamp? = nil, gaps: Int, source: Source, lastPullAt: Timestamp? = nil
  ) {
    self.completeUpTo = completeUpTo
    self.gaps = gaps
    self.source = source
    self.lastPullAt = lastPullAt
  }
}
