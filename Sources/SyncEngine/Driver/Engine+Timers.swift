import FonanaCore
import Synchronization

/// Named timers on the boot-time clock. A wake-up that finds a later deadline sleeps on, so a
/// timer that is put off with every frame costs one sleeping task.
extension Engine {
  /// Whether a wake-up has to be started for it.
  func setDeadline(of timer: TimerID, at instant: Duration) -> Bool {
    state.withLock { state in
      state.deadlines[timer] = instant
      if let sleeping = state.wakeUps[timer], sleeping <= instant { return false }
      state.wakeUps[timer] = instant
      return true
    }
  }

  func clearDeadline(of timer: TimerID) {
    state.withLock { $0.deadlines[timer] = nil }
  }

  func wake(_ timer: TimerID, at instant: Duration) async {
    var instant = instant
    while true {
      do { try await clock.sleep(until: instant) } catch { return }
      switch due(timer, wokenAt: instant) {
      case .sleepUntil(let later): instant = later
      case .fire: return feed(.timerFired(timer))
      case .nothing: return
      }
    }
  }

  private enum WakeUp { case fire, sleepUntil(Duration), nothing }

  private func due(_ timer: TimerID, wokenAt instant: Duration) -> WakeUp {
    state.withLock { state in
      guard state.wakeUps[timer] == instant else { return .nothing }  // an earlier one took over
      guard let deadline = state.deadlines[timer] else {
        state.wakeUps[timer] = nil
        return .nothing
      }
      guard deadline <= instant else {
        state.wakeUps[timer] = deadline
        return .sleepUntil(deadline)
      }
      state.wakeUps[timer] = nil
      state.deadlines[timer] = nil
      return .fire
    }
  }
}
