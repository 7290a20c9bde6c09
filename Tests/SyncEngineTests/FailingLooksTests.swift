import FonanaCore
import Testing

@testable import SyncEngine

/// Many messages in doubt, and a server that fails: looking for them keeps to the budget
/// (docs/reliability.md, 1.7).
@Suite struct FailingLooksTests {
  private static let talks = (0..<30).map { "c\($0)" }

  @Test func looksThatFailShareTheBudget() {
    var bench = inDoubt()
    var looks = 0
    for _ in 0..<30 {
      bench.passFiring(.seconds(1))
      while bench.answer(failure(500), where: \.isPull) { looks += 1 }
      bench.commitAll()
    }
    // A burst of 20, 30 in a minute, and what was on its way when nothing was left.
    #expect((20...55).contains(looks), "\(looks) in half a minute")
  }

  /// One message in each conversation that the server has answered with 500.
  private func inDoubt() -> CoreBench {
    var bench = CoreBench.loggedIn(mode: .eager)
    bench.answerList(Self.talks.map { listed($0, last: "m-\($0)", at: 1) })
    while case .listMessages(let id, _, _, _)? = bench.open(\.isPull).first {
      bench.answerPull(message("m-\(id)", in: id.rawValue, at: 1))
      bench.fireOrPass(.pulls)
    }
    for talk in Self.talks { _ = bench.enqueue(talk, to: talk) }
    bench.commitAll()
    while bench.answer(failure(500, error: "Failed to send message"), where: \.isSend) {
      bench.commitAll()
    }
    return bench
  }
}

extension CoreBench {
  /// Time goes on, and what is due fires.
  fileprivate mutating func passFiring(_ duration: Duration) {
    pass(duration)
    for timer in timers.filter({ $0.value <= now.boot }).keys { fire(timer) }
  }
}
