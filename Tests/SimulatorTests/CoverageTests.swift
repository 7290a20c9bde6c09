import Testing

@testable import fonana_sim

/// The faults really strike, and the machines really go where something can go wrong. The floor of
/// a hundred is `IntegrationTests/everyFaultAndEveryEdgeIsReachedAHundredTimes`.
@Suite struct CoverageTests {
  @Test func aFewSeedsReachEveryFaultAndAlmostEveryEdge() async {
    var report = Report()
    let campaign = Campaign(first: 1, count: 60, timeBox: nil) { Schedule().run($0) }
    await campaign.run { report.add($0) }
    let missed = report.missed(floor: 1)
    #expect(missed.count <= 3, "\(missed)")
  }

  @Test func whatIsSwitchedOffIsNotCounted() {
    for seed in 1...12 as ClosedRange<UInt64> {
      let plan = SwarmPlan(seed: seed, profile: .p1)
      let verdict = Simulation(plan: plan).run()
      let counted = FaultKind.allCases.filter { verdict.faults.counts[$0.rawValue] > 0 }
      // A lost tail belongs to a crash, reading to a browser.
      #expect(counted.allSatisfy { plan[$0] > 0 || $0 == .tailLost }, "seed \(seed)")
    }
  }

  @Test func aWalkedEdgeIsCountedOnce() {
    var edges = EdgeTally<OutboxPlace>()
    edges.count(.queued, .intent)
    #expect(edges[.queued, .intent] == 1)
    #expect(edges[.intent, .queued] == 0)
    #expect(edges.walked.map(\.edge) == ["queued→intent"])
  }
}
