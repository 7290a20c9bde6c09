import FonanaTestSupport
import SyncEngine
import Testing

@testable import fonana_sim

/// What has failed once is played for ever, and made small first.
@Suite struct RegressionTests {
  private static let file = RegressionFile(
    path: "\(Products.repository)/\(RegressionFile.usual)")

  @Test func noScheduleOfTheFileFailsAgain() {
    #expect(!Self.file.regressions.isEmpty)
    for regression in Self.file.regressions {
      let verdict = Schedule().playing(regression)
      #expect(verdict.violation == nil, "\(regression.line)")
    }
  }

  @Test func aLineIsReadAsItWasWritten() throws {
    let restriction = Restriction(
      faults: [.crash, .tie], minutes: 5, sends: 3, partnerMessages: 0, edits: 0, names: 1,
      conditions: 2, enclosures: 3, holds: 4)
    let regression = Regression(seed: 17, profile: .p2, restriction: restriction)
    #expect(Regression(regression.line[...]) == regression)
    #expect(Regression("seed=3  # why")?.line == "seed=3")
    let calm = Regression(seed: 17, restriction: Restriction(faults: []))
    #expect(Regression(calm.line[...]) == calm, "without a fault")
    #expect(Regression("faults=crash") == nil, "without a seed")
    #expect(Regression("seed=3 faults=bad-luck") == nil)
    #expect(Regression("# nothing") == nil)
  }

  @Test func aFailingScheduleBecomesSmallAndStillFails() throws {
    let schedule = Schedule(mutant: .noReconcile)
    let violation = try #require(schedule.run(1).violation)
    let shrinker = Shrinker(
      schedule: schedule, seed: 1, invariant: violation.invariant, tries: 60)
    var small = schedule
    small.restriction = shrinker.shrink()
    #expect(small.run(1).violation?.invariant == violation.invariant)
    let (before, after) = (shrinker.plan(Restriction()), shrinker.plan(small.restriction))
    #expect(after.kinds.count <= 3)
    #expect(after.minutes <= before.minutes && after.sends <= before.sends)
    // The same line finds the same again.
    let again = Regression(seed: 1, restriction: small.restriction)
    #expect(schedule.playing(again).violation?.invariant == violation.invariant)
  }

  @Test func whatWasFoundIsWrittenOnce() async throws {
    try await withTemporaryHome { home in
      let file = RegressionFile(path: home.path("regressions.txt"))
      #expect(!file.add(Regression(seed: 1), because: "no file"), "it is not made")
      try home.write("", to: "regressions.txt")
      #expect(file.add(Regression(seed: 1), because: "lost"))
      #expect(!file.add(Regression(seed: 1), because: "lost again"))
      #expect(file.regressions == [Regression(seed: 1)])
    }
  }
}
