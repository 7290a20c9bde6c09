import Dispatch
import FonanaCore
import FonanaTestSupport
import GRDB
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct CommitQueueTests {
  @Test func concurrentEnqueuesAreAllDurableAndUnique() async throws {
    try await withTemporaryHome { home in
      let path = home.path("fonana.sqlite")
      let store = try LocalStore.open(path: path)
      try await store.does(.pinAccount(Sample.account))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<100 {
          group.addTask { try await store.does(.enqueue(Sample.item(number))) }
        }
        try await group.waitForAll()
      }
      // What is on the disk now, without closing: as after a kill.
      let copy = try LocalStore.open(path: copyFiles(of: path, to: home.path("copy.sqlite")))
      let outbox = try await copy.snapshot().outbox
      #expect(Set(outbox.map(\.cid)) == Set((0..<100).map(Sample.cid)))
      #expect(Set(outbox.map(\.sequence)).count == 100)
      try copy.close()
      try store.close()
    }
  }

  /// All acts of a call or none; the neighbours of a failing call are untouched.
  @Test func aFailingCallFailsAlone() async throws {
    try await withStore { store in
      let stranger = AccountRecord(origin: "https://elsewhere", userID: Sample.me, wallet: "w")
      let calls = (0..<60).map { number -> [StoreAct] in
        [.enqueue(Sample.item(number))] + (number % 3 == 0 ? [.pinAccount(stranger)] : [])
      }
      let results = await store.together(calls)
      for (number, result) in results.enumerated() {
        #expect((try? result.get()) == nil ? number % 3 == 0 : number % 3 != 0)
      }
      let kept = try await store.snapshot().outbox.map(\.cid)
      #expect(kept == (0..<60).filter { $0 % 3 != 0 }.map(Sample.cid))
    }
  }

  /// What one caller wants in an order may build on what came before.
  @Test func whatStandsBehindAFailedTransactionIsNotTried() async throws {
    try await withStore { store in
      let stranger = AccountRecord(origin: "https://elsewhere", userID: Sample.me, wallet: "w")
      let calls: [[StoreAct]] = [
        [.enqueue(Sample.item(0))], [.enqueue(Sample.item(1)), .pinAccount(stranger)],
        [.enqueue(Sample.item(2))],
      ]
      let results = await store.perform(calls, at: Sample.time(0))
      #expect(results.map { (try? $0.get()) != nil } == [true, false, false])
      let kept = try await store.snapshot().outbox.map(\.cid)
      #expect(kept == [Sample.cid(0)])
      let again = await store.perform([calls[2]], at: Sample.time(0))
      #expect(again.allSatisfy { (try? $0.get()) != nil })
    }
  }

  /// The one before did its work, and the disk was full when it was to be committed.
  @Test func whatStandsBehindAFailedCommitIsNotTried() throws {
    let outcomes = JobOutcomes<Int>(of: 2) { _ in }
    #expect(try outcomes.attempt(at: 0) { 1 } == 1)
    outcomes.note(.failure(FonanaError(.storeUnwritable, "The disk is full.")), at: 0)
    let error = #expect(throws: FonanaError.self) { try outcomes.attempt(at: 1) { 2 } }
    #expect(error?.code == .storeUnwritable)
  }

  @Test func callsThatWaitTogetherShareACommit() async throws {
    try await withStore { store in
      let counter = CommitCounter()
      store.pool.add(transactionObserver: counter, extent: .observerLifetime)
      let results = await store.together((0..<200).map { [.enqueue(Sample.item($0))] })
      #expect(results.allSatisfy { (try? $0.get()) != nil })
      // The largest group holds 128.
      #expect(counter.commits == 2)
      let kept = try await store.snapshot().outbox
      #expect(kept.map(\.cid) == (0..<200).map(Sample.cid))
    }
  }

  /// A full disk or a failing one may end the transaction, not only a savepoint.
  @Test func aLostTransactionIsRepeatedForTheOthers() async throws {
    try await withStore { store in
      let release = store.holdWriter()
      await withTaskGroup(of: Bool.self) { group in
        group.addImmediateTask { (try? await store.does(.enqueue(Sample.item(1)))) != nil }
        group.addImmediateTask {
          do {
            try await store.writes.run { db in
              try db.execute(sql: "ROLLBACK")
              throw FonanaError(.storeUnwritable, "Lost.")
            }
            return false
          } catch {
            return (error as? FonanaError)?.message == "Lost."
          }
        }
        group.addImmediateTask { (try? await store.does(.enqueue(Sample.item(2)))) != nil }
        release.signal()
        for await isAsExpected in group { #expect(isAsExpected) }
      }
      let kept = try await store.snapshot().outbox.map(\.cid)
      #expect(kept == [Sample.cid(1), Sample.cid(2)])
    }
  }

  @Test func cancellationOfTheCallerDoesNotUndoTheWrite() async throws {
    try await withStore { store in
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await store.does(.enqueue(Sample.item(1)))
      }
      let enqueued = try await task.value.enqueued
      let kept = try await store.snapshot().outbox
      #expect(enqueued.count == 1)
      #expect(kept.count == 1)
    }
  }

  @Test func aFullDiskIsReportedAndLeavesNothingHalfDone() async throws {
    try await withStore { store in
      try await store.does(.enqueue(Sample.item(1)))
      try await store.limitPages(extra: 4)
      let before = try store.dump()
      let large = Sample.item(2, content: String(repeating: "x", count: 100_000))
      let error = await #expect(throws: FonanaError.self) {
        try await store.does(.enqueue(Sample.item(3)), .enqueue(large))
      }
      #expect(error?.code == .storeUnwritable)
      #expect(error?.message.contains("full") == true)
      #expect(try store.dump() == before)
      try await store.limitPages(extra: 10_000)
      try await store.does(.enqueue(large))
      #expect(try await store.snapshot().outbox.map(\.cid) == [Sample.cid(1), Sample.cid(2)])
    }
  }

  @Test func aFullDiskFailsOnlyWhatDoesNotFit() async throws {
    try await withStore { store in
      try await store.limitPages(extra: 12)
      let large = Sample.item(5, content: String(repeating: "x", count: 200_000))
      let items = (0..<10).map { $0 == 5 ? large : Sample.item($0) }
      let results = await store.together(items.map { [.enqueue($0)] })
      let failed = results.indices.filter { (try? results[$0].get()) == nil }
      #expect(failed == [5])
      let kept = try await store.snapshot().outbox.map(\.cid)
      #expect(kept == (0..<10).filter { $0 != 5 }.map(Sample.cid))
    }
  }
}

extension LocalStore {
  fileprivate func limitPages(extra: Int) async throws {
    try await pool.writeWithoutTransaction { db in
      let count = try db.number("PRAGMA page_count")
      try db.execute(sql: "PRAGMA max_page_count = \(count + Int64(extra))")
    }
  }
}
