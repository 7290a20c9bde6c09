import FonanaCore
import FonanaTestSupport
import Foundation
import Testing

@testable import LocalStore

/// A write-ahead log and its index as a crash, a copy or a backup may leave them.
@Suite(.timeLimit(.minutes(1)))
struct LeftLogTests {
  /// A copy of a store at work: 40 items, of which the file itself has none.
  private func makeCopy(in home: TemporaryHome) async throws -> String {
    let store = try LocalStore.open(path: home.path("made.sqlite"))
    try await store.does(.pinAccount(Sample.account))
    for number in 0..<40 { try await store.does(.enqueue(Sample.item(number))) }
    let copy = try copyFiles(of: store.path, to: home.path("copy.sqlite"))
    try store.close()
    return copy
  }

  @Test func aTornLogGivesASoundStoreWithABeginningOfTheHistory() async throws {
    try await withTemporaryHome { home in
      let copy = try await makeCopy(in: home)
      let log = try Data(contentsOf: URL(filePath: copy + "-wal"))
      let file = try Data(contentsOf: URL(filePath: copy))
      var random = SeededRandom(7)
      var counts: Set<Int> = []
      for _ in 0..<40 {
        let path = home.path("torn.sqlite")
        try file.write(to: URL(filePath: path))
        try log.prefix(Int.random(in: 0..<log.count, using: &random))
          .write(to: URL(filePath: path + "-wal"))
        let store = try LocalStore.open(path: path)
        let items = try await store.snapshot().outbox
        #expect(items.map(\.cid) == (0..<items.count).map(Sample.cid))
        #expect(try store.firstFlaw() == nil)
        counts.insert(items.count)
        try store.close()
      }
      #expect(counts.count > 5, "the log was torn in many places")
    }
  }

  @Test func aLeftIndexIsNotBelieved() async throws {
    try await withTemporaryHome { home in
      let copy = try await makeCopy(in: home)
      var random = SeededRandom(8)
      let noise = (0..<32_768).map { _ in UInt8.random(in: 0...255, using: &random) }
      try Data(noise).write(to: URL(filePath: copy + "-shm"))
      let store = try LocalStore.open(path: copy)
      #expect(try await store.snapshot().outbox.count == 40)
      #expect(try store.firstFlaw() == nil)
      try store.close()
    }
  }

  @Test func aLogOfAnotherStoreIsNotTakenForOurs() async throws {
    try await withTemporaryHome { home in
      let copy = try await makeCopy(in: home)
      let store = try LocalStore.open(path: home.path("mine.sqlite"))
      try await store.does(.pinAccount(Sample.account))
      try await store.does(.enqueue(Sample.item(99)))
      try store.close()
      // Damaged in its middle, as by a disk that mixed up its blocks: SQLite stops there.
      var log = try Data(contentsOf: URL(filePath: copy + "-wal"))
      log.replaceSubrange(0..<32, with: Data(repeating: 0x5A, count: 32))
      try log.write(to: URL(filePath: store.path + "-wal"))
      let again = try LocalStore.open(path: store.path, checking: true)
      #expect(try await again.snapshot().outbox.map(\.cid) == [Sample.cid(99)])
      try again.close()
    }
  }
}
