import Glibc

/// Seeds in order, on all cores, until the count or the time is reached.
struct Campaign: Sendable {
  let plan: @Sendable (UInt64) -> Verdict
  let first: UInt64
  let count: Int
  let timeBox: Int?

  init(options: SimOptions, first: UInt64, count: Int, timeBox: Int?) {
    let (profile, calm, mutation) = (options.profile, options.calm, options.mutation)
    plan = { seed in
      Simulation(
        plan: SwarmPlan(seed: seed, profile: profile, isCalm: calm), mutation: mutation
      ).run()
    }
    (self.first, self.count, self.timeBox) = (first, count, timeBox)
  }

  /// Verdicts come as the seeds end.
  func run(_ onVerdict: (Verdict) -> Void) async {
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let clock = ContinuousClock()
    let deadline = timeBox.map { clock.now + .seconds($0) }
    let plan = plan
    await withTaskGroup(of: Verdict.self) { group in
      var next = 0
      func start() {
        guard next < count, deadline.map({ clock.now < $0 }) ?? true else { return }
        let seed = first &+ UInt64(next)
        next += 1
        group.addTask { plan(seed) }
      }
      for _ in 0..<cores { start() }
      for await verdict in group {
        onVerdict(verdict)
        start()
      }
    }
  }
}
