import SyncEngine
import Testing

@Suite struct RequestBudgetTests {
  /// Whatever rounding does: who waits as long as was said gets a share, and no wait is so short
  /// that a timer would fire at once, again and again.
  @Test(arguments: [1, 7, 40])
  func whoWaitsAsLongAsWasSaidGetsAShare(scale: Int) {
    var budget = RequestBudget(burst: 20, perMinute: 30)
    var now = Duration.zero
    var waits = 0
    for step in 1...5_000 {
      now += .nanoseconds(step * 7919 % 1_000_003)
      guard let delay = budget.take(at: now, scale: scale) else { continue }
      waits += 1
      #expect(delay >= .milliseconds(1))
      now += delay
      if let again = budget.take(at: now, scale: scale) {
        #expect(again == .milliseconds(1))
        now += again
        #expect(budget.take(at: now, scale: scale) == nil)
      }
    }
    #expect(waits > 1_000)
  }

  /// A wait that was too short by a rounding error made the timer fire without end.
  @Test func debtsArePaidAfterTheirTime() {
    for step in 1...200 {
      var budget = RequestBudget(burst: 20, perMinute: 30)
      var now = Duration.milliseconds(step * 37)
      for _ in 0..<25 { budget.charge(at: now) }
      var waits = 0
      while let delay = budget.debt(at: now), waits < 5 {
        now += delay
        waits += 1
      }
      #expect(waits == 1, "\(step)")
    }
  }
}
