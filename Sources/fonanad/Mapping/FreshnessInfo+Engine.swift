import ControlProtocol
import FonanaCore
import SyncEngine

extension EngineStatus {
  /// It answers, but what it has told is that of an earlier daemon.
  fileprivate var isFirstListAwaited: Bool {
    isServerReachable && !isAskedInVain && mayAsk && sync == .behind
  }

  /// Somebody is logged in, as far as the server has said.
  fileprivate var mayAsk: Bool { token == .valid || token == .expired }
}

extension FreshnessInfo {
  init(_ freshness: ReadFreshness) {
    self.init(
      completeUpTo: freshness.completeUpTo, gaps: freshness.gaps,
      source: Source(rawValue: freshness.source.rawValue) ?? .stale,
      lastPullAt: freshness.lastPullAt)
  }

  /// Of what is in the mirror, when the server is not asked for it. `status` is older than what was
  /// read there: so it never claims more than that holds.
  init(_ status: EngineStatus, gaps: Int? = nil) {
    let source: Source =
      if status.isFirstSignAwaited || status.isFirstListAwaited {
        .starting
      } else if !status.isServerReachable || status.isAskedInVain || !status.mayAsk {
        .stale
      } else if status.connection == .connected, status.isPushSeen {
        .push
      } else {
        .poll
      }
    self.init(
      completeUpTo: status.completeUpTo, gaps: gaps ?? status.gaps, source: source,
      lastPullAt: status.lastPullAt)
  }

  /// Of several conversations: as old as the oldest, as doubtful as the worst.
  init(_ all: [ReadFreshness]) {
    let times = all.compactMap(\.completeUpTo)
    let order: [ReadFreshness.Source] = [.stale, .poll, .push]
    let worst = order.first { source in all.contains { $0.source == source } } ?? .poll
    self.init(
      completeUpTo: times.min(), gaps: all.reduce(0) { $0 + $1.gaps },
      source: Source(rawValue: worst.rawValue) ?? .stale,
      lastPullAt: all.compactMap(\.lastPullAt).min())
  }
}
