import Synchronization

/// Signs of life for a watchdog: a driver that hangs neither takes up effects nor wakes its timers.
extension Engine {
  /// How far the effects were queued at some moment.
  package struct ProgressMark: Sendable {
    let queued: Int
  }

  func tookUpEffect() { state.withLock { $0.takenEffects += 1 } }

  package var progressMark: ProgressMark {
    state.withLock { ProgressMark(queued: $0.queuedEffects) }
  }

  /// Whether everything that was queued at `mark` has been taken up, and no timer is later than
  /// `limit`. Waits for whoever is in the core: a core that never returns is never answered for.
  package func hasProgressed(since mark: ProgressMark, within limit: Duration) -> Bool {
    state.withLock { state in
      let latest = clock.now.boot - limit
      return state.takenEffects >= mark.queued && state.deadlines.values.allSatisfy { $0 > latest }
    }
  }
}
