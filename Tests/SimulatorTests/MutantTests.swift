import SyncEngine
import Testing

@testable import fonana_sim

/// What every seed finds, a few do; the whole hunt is `IntegrationTests/everyMutantOfTheCoreIsFound`.
@Suite struct MutantTests {
  private static let rare: Set<EngineMutant> = [
    .cursorIsLastID, .noOverlap, .noGapRow, .pushIsData, .namesakesApart,
  ]

  @Test(arguments: EngineMutant.ofCore.filter { !rare.contains($0) })
  func aCommonMutantIsFoundAtOnce(mutant: EngineMutant) async throws {
    let caught = try #require(await Hunt(mutant: mutant, profile: .p1, seeds: 40).run())
    #expect(caught.verdict.seed <= 40)
  }

  @Test func theFirstSeedThatFindsItIsNamed() async throws {
    let caught = try #require(
      await Hunt(mutant: .twoRefreshes, profile: .p1, seeds: 40).run())
    let earlier = (1..<caught.verdict.seed).map { seed in
      Schedule(mutant: .twoRefreshes).run(seed).violation
    }
    #expect(earlier.allSatisfy { $0 == nil })
  }

  @Test func withoutAMutantNothingIsConfigured() {
    #expect(SwarmPlan(seed: 1, profile: .p1).configuration.mutant == nil)
  }
}
