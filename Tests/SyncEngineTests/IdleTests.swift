import FonanaCore
import Testing

@testable import SyncEngine

/// What an engine costs that nobody uses: what it asks and how often it wakes up.
@Suite struct IdleTests {
  private struct Hour {
    var wakeUps = 0
    var requests = 0
    var commits = 0
  }

  private func connected(seed: UInt64, isWatched: Bool = false) -> CoreBench {
    var bench = CoreBench.loggedIn(life: .seconds(86_400), seed: seed)
    bench.feed(.socket(bench.sockets[0], .opened))
    bench.feed(.socket(bench.sockets[0], .frame(.connected(CoreBench.me))))
    if isWatched { bench.feed(.attentionBegan) }
    return bench
  }

  /// Nothing happens at the server, which answers everything; the line is alive.
  private func passHour(_ bench: inout CoreBench) -> Hour {
    var hour = Hour()
    let end = bench.now.boot + .seconds(3600)
    hour.requests += answerAll(&bench)
    while let next = bench.timers.min(by: { $0.value < $1.value }), next.value <= end {
      bench.fire(next.key)
      hour.wakeUps += 1
      hour.commits += bench.commits.count
      hour.requests += answerAll(&bench)
    }
    if bench.now.boot < end { bench.pass(end - bench.now.boot) }
    return hour
  }

  private func answerAll(_ bench: inout CoreBench) -> Int {
    var count = 0
    while let open = bench.requests.first?.request {
      let reply: ServerReply =
        switch open {
        case .listConversations: .conversations([listed("c1")])
        case .listNotifications: .notifications([], unread: 0)
        case .verifyToken: .tokenIsValid(userID: CoreBench.me, expiresAt: nil)
        case .serverVersion: .version("1")
        default: .page(MessagePage(messages: [], hasMore: false))
        }
      bench.answer(reply) { $0 == open }
      bench.commitAll()
      count += 1
    }
    bench.commitAll()
    for _ in bench.commands.indices { bench.feed(.socket(bench.sockets[0], .alive)) }
    bench.commands = []
    return count
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func anHourThatNobodyUsesCostsFewRequestsAndWakeUps(seed: UInt64) {
    var bench = connected(seed: seed)
    let first = passHour(&bench)
    let later = [passHour(&bench), passHour(&bench)]
    #expect(first.requests <= 220, "\(first)")
    #expect(bench.sockets.count == 1)
    for hour in later {
      #expect(hour.requests <= 100, "\(hour)")
      #expect(hour.requests >= 50, "it asks at least about once a minute: \(hour)")
    }
    // Each wake-up asks something, or the line whether it is alive.
    for hour in [first] + later { #expect(hour.wakeUps <= hour.requests + 130, "\(hour)") }
  }

  /// A disk that is not written to may sleep.
  @Test func anHourThatNobodyUsesWritesSeldom() {
    var bench = connected(seed: 7)
    _ = passHour(&bench)
    let hour = passHour(&bench)
    #expect(hour.commits <= 40, "\(hour)")
  }

  @Test func whoWatchesAsksEveryFewSeconds() {
    var bench = connected(seed: 3, isWatched: true)
    let start = bench.now.boot
    var asked = answerAll(&bench)
    while bench.now.boot < start + .seconds(540), bench.timers[.tick] != nil {
      bench.fire(.tick)
      asked += answerAll(&bench)
    }
    #expect(asked >= 100 && asked <= 300, "\(asked)")
  }
}
