import FonanaCore
import Testing

@testable import SyncEngine

/// A push only hints; how soon it is looked into depends on who waits.
@Suite struct PushTests {
  private func connected(isWatched: Bool) -> CoreBench {
    var bench = CoreBench.loggedIn(life: .seconds(86_400))
    bench.feed(.socket(bench.sockets[0], .opened))
    bench.feed(.socket(bench.sockets[0], .frame(.connected(CoreBench.me))))
    while bench.answer(.conversations([]), where: \.isList) {}
    if isWatched { bench.feed(.attentionBegan) }
    return bench
  }

  /// How many of `count` pushes in one instant led to a list at once.
  private func looks(of count: Int, _ bench: inout CoreBench) -> Int {
    var looks = 0
    for _ in 0..<count {
      bench.feed(.socket(bench.sockets[0], .frame(.notification(userID: CoreBench.me, nil))))
      if bench.answer(.conversations([]), where: \.isList) { looks += 1 }
      bench.commitAll()
    }
    return looks
  }

  @Test func whileSomebodyWatchesPushesAreLookedIntoAtOnce() {
    var bench = connected(isWatched: true)
    #expect(looks(of: 30, &bench) == 30)
  }

  @Test func aStormOfPushesSharesTheBudget() {
    var bench = connected(isWatched: true)
    #expect(looks(of: 300, &bench) <= 60)
    bench.fire(.budget)
    #expect(bench.open(\.isList).count <= 1)
  }

  @Test func whenNobodyWatchesPushesShareTheBudget() {
    var bench = connected(isWatched: false)
    #expect(looks(of: 30, &bench) < 20)
  }

  @Test func aListThatWaitsForTheBudgetIsSentWhenAPersonWaitsForIt() {
    var bench = connected(isWatched: false)
    _ = looks(of: 30, &bench)
    #expect(bench.open(\.isList).isEmpty)
    _ = bench.wish(.refreshList(patience: .seconds(3)))
    #expect(bench.open(\.isList).count == 1)
  }
}
