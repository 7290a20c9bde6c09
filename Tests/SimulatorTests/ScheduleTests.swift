import Testing

@testable import fonana_sim

/// A part of the seeds that CI runs by `fonana-sim run`: enough to notice a broken rule at once.
@Suite struct ScheduleTests {
  @Test(arguments: Profile.allCases)
  func noSeedBreaksAnInvariant(profile: Profile) async {
    var report = Report()
    var broken: [String] = []
    let campaign = Campaign(first: 1, count: 150, timeBox: .seconds(60)) { seed in
      Simulation(plan: SwarmPlan(seed: seed, profile: profile)).run()
    }
    await campaign.run { verdict in
      report.add(verdict)
      if let violation = verdict.violation {
        broken.append("seed \(verdict.seed): \(violation.invariant) \(violation.text)")
      }
    }
    #expect(broken.isEmpty)
    #expect(report.schedules >= 20)
    #expect(report.medianFaults >= 8)
  }

  @Test(arguments: [3, 17, 99] as [UInt64])
  func aSeedWithoutFaultsConvergesWithNoneCounted(seed: UInt64) {
    let verdict = Simulation(plan: SwarmPlan(seed: seed, profile: .p1, isCalm: true)).run()
    #expect(verdict.violation == nil)
    #expect(verdict.faults.total == 0)
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func theSameSeedLeavesTheSameTrace(seed: UInt64) {
    let plan = SwarmPlan(seed: seed, profile: .p1)
    let first = Simulation(plan: plan).run()
    let second = Simulation(plan: plan).run()
    #expect(first.hash == second.hash)
    #expect(first.simulated == second.simulated)
  }

  @Test func differentSeedsLeaveDifferentTraces() {
    let hashes = (1...5 as ClosedRange<UInt64>).map {
      Simulation(plan: SwarmPlan(seed: $0, profile: .p1)).run().hash
    }
    #expect(Set(hashes).count == hashes.count)
  }
}
