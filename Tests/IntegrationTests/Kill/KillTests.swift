import FonanaTestSupport
import Testing

/// Faults that strace makes in the daemon of the release, at one system call after the other.
@Suite(
  .serialized, .timeLimit(.minutes(240)),
  .enabled(
    if: Products.exists("fonanad") && Strace.isThere,
    "the release products are built by \"make test\", strace comes with \"make deps\""))
enum InjectedFaults {}

extension InjectedFaults {
  /// Killed as it enters the Nth call that changes the disk or the network, the daemon starts
  /// again, its store is whole, what it had accepted arrives once and in order.
  @Suite struct KillTests {
    @Test func nothingIsLostOrDoubledWhereverTheDaemonIsKilled() async throws {
      let start = ContinuousClock.now
      var counts: [String] = []
      var total = 0
      for scenario in KillScenario.all {
        let plan = try await kill(in: scenario, time: .seconds(20))
        counts.append("\(scenario.name) \(plan.struck)")
        total += plan.struck
      }
      print(
        "measured: kill points: \(total) (\(counts.joined(separator: ", "))) in "
          + "\(start.duration(to: .now)); floor: \(KillPlan.isWhole ? 500 : 200)")
      #expect(total >= (KillPlan.isWhole ? 500 : 200))
    }

    private func kill(in scenario: KillScenario, time: Duration) async throws -> KillPlan {
      let points = try await KillBench.with(scenario) { bench in
        let outcome = try await bench.act(with: nil)
        try #require(outcome.isComplete, "\(scenario.name): \(outcome)")
        return Self.points(Strace.counts(in: outcome.report))
      }
      let plan = KillPlan(points, share: 40, atLeast: 30, time: time)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<2 {
          group.addTask {
            try await KillBench.with(scenario) { bench in
              while let point = plan.next() { try await bench.kill(at: point, plan) }
            }
          }
        }
        try await group.waitForAll()
      }
      return plan
    }

    /// Threads share their work differently each time, so some calls more than were counted.
    private static func points(_ counts: [String: Int]) -> [Injection] {
      counts.sorted { $0.key < $1.key }.flatMap { call, count in
        (1...count + (KillPlan.isWhole ? 5 : 0)).map {
          Injection(call: call, effect: .kill, number: $0)
        }
      }
    }
  }
}

extension KillBench {
  fileprivate func kill(at point: Injection, _ plan: KillPlan) async throws {
    let outcome = try await act(with: point)
    plan.note(struck: outcome.wasKilled)
    if !outcome.wasKilled {
      #expect(outcome.exit == .code(0), "\(scenario.name), \(point): \(outcome)")
    }
    try await check(outcome, "\(scenario.name), \(point)")
  }
}
