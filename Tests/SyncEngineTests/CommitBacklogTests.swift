import FonanaCore
import Testing

@testable import SyncEngine

@Suite(.timeLimit(.minutes(1))) struct CommitBacklogTests {
  private func transaction(_ number: Int) -> CommitBacklog.Transaction {
    CommitBacklog.Transaction(id: TransactionID(number: number), acts: [])
  }

  @Test func whatGathersIsTakenTogetherAndInOrder() async {
    let backlog = CommitBacklog()
    for number in 1...3 { backlog.add(transaction(number)) }
    var arrivals = backlog.arrivals.makeAsyncIterator()
    await arrivals.next()
    #expect(backlog.takeAll().map(\.id.number) == [1, 2, 3])
    #expect(backlog.takeAll().isEmpty)
  }

  /// What came before the end is still told.
  @Test func theEndLosesNothing() async {
    let backlog = CommitBacklog()
    backlog.add(transaction(1))
    backlog.finish()
    var taken: [Int] = []
    for await _ in backlog.arrivals { taken += backlog.takeAll().map(\.id.number) }
    #expect(taken == [1])
  }
}
