import FonanaCore
import Synchronization

/// Transactions that wait for the store, in the order in which the core wanted them. Unbounded: the
/// core bounds the commits under way.
final class CommitBacklog: Sendable {
  struct Transaction: Sendable {
    let id: TransactionID
    let acts: [StoreAct]
  }

  /// Something waits, or the backlog has ended.
  let arrivals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation
  private let waiting = Mutex<[Transaction]>([])

  init() {
    (arrivals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func add(_ transaction: Transaction) {
    waiting.withLock { $0.append(transaction) }
    signal.yield()
  }

  func takeAll() -> [Transaction] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }

  func finish() { signal.finish() }
}
