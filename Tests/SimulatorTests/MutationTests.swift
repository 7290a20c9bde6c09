import Testing

@testable import fonana_sim

/// The checks can fail: each deliberate defect is found within a few seeds.
@Suite struct MutationTests {
  @Test(arguments: Mutation.allCases)
  func aDefectIsFound(mutation: Mutation) {
    // Two pages of one conversation have to wait for a slow disk, and the first to fail.
    let first: UInt64 = mutation == .failuresApart ? 2240 : 1
    let found = (first...first + 60).first { seed in
      let plan = SwarmPlan(seed: seed, profile: .p1)
      return Simulation(plan: plan, mutation: mutation).run().violation != nil
    }
    #expect(found != nil)
  }
}
