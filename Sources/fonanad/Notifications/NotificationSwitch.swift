import FonanaCore
import Synchronization

/// What counts for pop-ups: the configuration, and what a person has said since.
final class NotificationSwitch: Sendable {
  private struct State {
    var policy: NotificationPolicy
    /// On the boot-time clock.
    var snoozedUntil: Duration?
    var shown = 0
  }

  private let state: Mutex<State>

  init(_ policy: NotificationPolicy, snoozedUntil end: Duration? = nil) {
    state = Mutex(State(policy: policy, snoozedUntil: end))
  }

  /// Snoozed is as good as switched off: what comes meanwhile calls nobody later either.
  func policy(at now: Duration) -> NotificationPolicy {
    state.withLock { state in
      var policy = state.policy
      if let until = state.snoozedUntil, now < until { policy.isEnabled = false }
      return policy
    }
  }

  func snoozeLeft(at now: Duration) -> Duration? {
    state.withLock { state in state.snoozedUntil.flatMap { $0 > now ? $0 - now : nil } }
  }

  var muted: Set<String> { state.withLock { $0.policy.muted } }

  func setMuted(_ names: Set<String>) { state.withLock { $0.policy.muted = names } }

  /// How many pop-ups a notification service has taken.
  var shown: Int { state.withLock { $0.shown } }

  func noteShown() { state.withLock { $0.shown += 1 } }

  func snooze(until end: Duration?) { state.withLock { $0.snoozedUntil = end } }
}
