import FonanaTestSupport
import Testing

extension InjectedFaults {
  /// The Nth write or sync fails, once or from then on: nothing is called queued that is not on the
  /// disk, reading goes on, and when the disk is well again so is everything.
  @Suite struct DiskErrorTests {
    private static let calls: Set = ["pwrite64", "fdatasync", "fsync", "ftruncate"]
    /// A login that can't be kept is for `FullDiskTests`.
    private static let scenarios = KillScenario.all.filter { $0.start != .first }

    @Test func nothingIsAcceptedThatTheDiskDidNotTake() async throws {
      let start = ContinuousClock.now
      var counts: [String] = []
      var total = 0
      for scenario in Self.scenarios {
        let plan = try await spoil(scenario, time: .seconds(20))
        counts.append("\(scenario.name) \(plan.struck)")
        total += plan.struck
      }
      print(
        "measured: disk errors: \(total) (\(counts.joined(separator: ", "))) in "
          + "\(start.duration(to: .now)); floor: \(KillPlan.isWhole ? 200 : 100)")
      #expect(total >= (KillPlan.isWhole ? 200 : 100))
    }

    private func spoil(_ scenario: KillScenario, time: Duration) async throws -> KillPlan {
      let counts = try await KillBench.with(scenario) { bench in
        Strace.counts(in: try await bench.act(with: nil).report)
      }
      let plan = KillPlan(
        Self.points(counts.filter { Self.calls.contains($0.key) }), share: 23, atLeast: 17,
        time: time)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<2 {
          group.addTask {
            try await KillBench.with(scenario) { bench in
              while let point = plan.next() { try await bench.spoil(at: point, plan) }
            }
          }
        }
        try await group.waitForAll()
      }
      return plan
    }

    /// Each point once full and once broken, every other one for good.
    private static func points(_ counts: [String: Int]) -> [Injection] {
      counts.sorted { $0.key < $1.key }.flatMap { call, count in
        (1...count).flatMap { number -> [Injection] in
          let through = number.isMultiple(of: 2) ? Injection.forever : nil
          return [
            Injection(call: call, effect: .diskFull, number: number, through: through),
            Injection(
              call: call, effect: .inputOutputError, number: number,
              through: through == nil ? Injection.forever : nil),
          ]
        }
      }
    }
  }
}

extension KillBench {
  fileprivate func spoil(at point: Injection, _ plan: KillPlan) async throws {
    let what = "\(scenario.name), \(point)"
    let outcome = try await act(with: point)
    plan.note(struck: outcome.faults > 0)
    // 74: it could not even start, and has said why.
    #expect([.code(0), .code(74)].contains(outcome.exit), "\(what): \(outcome)")
    if outcome.exit == .code(74) {
      #expect(outcome.errors.contains("error: "), "\(what): \(outcome)")
      #expect(outcome.errors.contains("hint: "), "\(what): \(outcome)")
    }
    for code in outcome.refused.values { #expect(code == "store_unwritable", "\(what)") }
    if outcome.isComplete { #expect(outcome.isReading, "\(what): reading goes on") }
    try await check(outcome, what)
  }
}
