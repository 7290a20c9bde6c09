import Glibc

/// Seeds in order, on all cores, until the count or the time is reached.
struct Campaign<Outcome: Sendable>: Sendable {
  let first: UInt64
  let count: Int
  let timeBox: Duration?
  let schedule: @Sendable (UInt64) -> Outcome

  /// Outcomes come as the seeds end.
  func run(_ onOutcome: (Outcome) -> Void) async {
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let clock = ContinuousClock()
    let deadline = timeBox.map { clock.now + $0 }
    let schedule = schedule
    await withTaskGroup(of: Outcome.self) { group in
      var next = 0
      func start() {
        guard next < count, deadline.map({ clock.now < $0 }) ?? true else { return }
        let seed = first &+ UInt64(next)
        next += 1
        group.addTask { schedule(seed) }
      }
      for _ in 0..<cores { start() }
      for await outcome in group {
        onOutcome(outcome)
        start()
      }
    }
  }
}
