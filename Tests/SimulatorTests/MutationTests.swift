import Testing

@testable import fonana_sim

/// The checks can fail: each deliberate defect is found within a few seeds.
@Suite struct MutationTests {
  @Test(arguments: Mutation.allCases)
  func aDefectIsFound(mutation: Mutation) {
    let found = (1...60 as ClosedRange<UInt64>).first { seed in
      let plan = SwarmPlan(seed: seed, profile: .p1)
      return Simulation(plan: plan, mutation: mutation).run().violation != nil
    }
    #expect(found != nil)
  }
}
