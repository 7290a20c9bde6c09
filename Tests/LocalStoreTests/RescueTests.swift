import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

/// A damaged file is set aside, what waits to be sent is saved, and the copy stays.
@Suite(.timeLimit(.minutes(2)))
struct RescueTests {
  private static let outboxTables = [
    "outbox", "outbox_history", "account", "sent_log", "duplicate",
  ]

  /// A mirror of some size, five items of each kind, and one sent.
  private func makeStore(in home: TemporaryHome) async throws -> (path: String, bytes: Data) {
    let path = home.path("made.sqlite")
    let store = try LocalStore.open(path: path)
    try await store.does(.pinAccount(Sample.account))
    let states: [OutboxState] = [.queued, .parked, .held, .quarantine, .unresolved]
    for (number, state) in states.enumerated() {
      try await store.does(.enqueue(Sample.item(number, content: "waiting", state: state)))
    }
    try await store.does(
      .enqueue(Sample.item(9)),
      .confirm(
        Sample.cid(9), Sample.message(5_000, from: Sample.me, cid: Sample.cid(9)),
        at: Sample.time(1)))
    for start in stride(from: Int64(0), to: 600, by: 100) {
      try await store.pull((start..<start + 100).map { Sample.message($0) })
    }
    try store.close()
    return (path, try Data(contentsOf: URL(filePath: path)))
  }

  /// Offsets of pages that belong to the mirror only.
  private func mirrorPages(of path: String) throws -> [Int] {
    let file = try DatabaseQueue(path: path)
    defer { try? file.close() }
    return try file.read { db in
      let kept = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_schema WHERE tbl_name IN
            ('outbox', 'outbox_history', 'account', 'sent_log', 'duplicate')
          """)
      return try Row.fetchAll(db, sql: "SELECT name, pgoffset FROM dbstat").compactMap { row in
        guard let name: String = row[0], let offset: Int = row[1] else { return nil }
        return kept.contains(name) || name.hasPrefix("sqlite_") || offset == 0 ? nil : offset
      }
    }
  }

  /// Each file has some bytes flipped in the middle of its mirror's pages.
  @Test func aDamagedMirrorIsSetAsideAndTheOutboxIsWhole() async throws {
    try await withTemporaryHome { home in
      let (made, bytes) = try await makeStore(in: home)
      let pages = try mirrorPages(of: made)
      #expect(pages.count > 20)
      var found = 0
      for seed in 0..<100 {
        var random = SeededRandom(seed)
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let page = pages.randomElement(using: &random) ?? 0
          for place in page..<page + Int.random(in: 1...64, using: &random) {
            damaged[place] = UInt8.random(in: 0...255, using: &random)
          }
        }
        if try await rescue(damaged, in: home, seed) { found += 1 }
      }
      print("measured: damaged mirrors: 100, found and set aside: \(found)")
      #expect(found >= 90, "a flipped byte may mean the same")
    }
  }

  /// Anywhere, and up to a whole page: whatever is left makes sense, and the copy is exact.
  @Test func whateverIsDamagedTheCopyStaysAndTheRestMakesSense() async throws {
    try await withTemporaryHome { home in
      let (_, bytes) = try await makeStore(in: home)
      var (found, saved) = (0, 0)
      for seed in 100..<200 {
        var random = SeededRandom(seed)
        var damaged = bytes
        let start = Int.random(in: 0..<bytes.count - 4096, using: &random)
        for place in start..<start + [1, 16, 512, 4096][seed % 4] {
          damaged[place] = UInt8.random(in: 0...255, using: &random)
        }
        let path = home.path("anywhere.sqlite")
        try damaged.write(to: URL(filePath: path))
        let (store, rescue) = try LocalStore.openOrRescue(
          path: path, checking: true, at: Sample.time(Int64(seed)))
        if let rescue {
          found += 1
          saved += rescue.savedItems
          let copy = try Data(contentsOf: URL(filePath: rescue.folder + "/fonana.sqlite"))
          #expect(copy == damaged, "seed \(seed)")
          let items = try await store.outboxItems()
          #expect(items.count == rescue.savedItems, "seed \(seed)")
          #expect(rescue.isOutboxComplete == false || items.count == 5, "seed \(seed)")
        }
        #expect(try store.firstFlaw() == nil, "seed \(seed)")
        if try await store.account() == nil { try await store.does(.pinAccount(Sample.account)) }
        try await store.does(.enqueue(Sample.item(50)))
        try store.close()
        try StoreRescue.removeAll(of: path)
        for suffix in ["-wal", "-shm"] {
          try? FileManager.default.removeItem(atPath: path + suffix)
        }
      }
      print("measured: damage anywhere: 100, set aside: \(found), items saved: \(saved)")
      #expect(found >= 50)
      #expect(saved >= found * 3)
    }
  }

  /// Whether the damage was found; the outbox has to be whole in any case.
  private func rescue(_ damaged: Data, in home: TemporaryHome, _ seed: Int) async throws -> Bool {
    let path = home.path("fonana.sqlite")
    try damaged.write(to: URL(filePath: path))
    let (store, rescue) = try LocalStore.openOrRescue(
      path: path, checking: true, at: Sample.time(Int64(seed)))
    let items = try await store.snapshot().outbox
    #expect(items.map(\.cid) == (0..<5).map(Sample.cid), "seed \(seed)")
    #expect(items.map(\.content) == Array(repeating: "waiting", count: 5), "seed \(seed)")
    #expect(try store.firstFlaw() == nil, "seed \(seed)")
    // Still known as sent.
    let again = try await store.does(.enqueue(Sample.item(9))).enqueued
    if case .sent = again.first {} else { Issue.record("seed \(seed): \(again)") }
    if let rescue {
      #expect(rescue.savedItems == 5 && rescue.isOutboxComplete, "seed \(seed): \(rescue)")
      #expect(StoreRescue.newest(of: path) == rescue, "seed \(seed)")
      #expect(
        try Data(contentsOf: URL(filePath: rescue.folder + "/fonana.sqlite")) == damaged,
        "seed \(seed)")
      // What was queued may have been sent since the page was written: it is looked up first.
      #expect(items.first?.state == .intent)
      #expect(try await store.texts().isEmpty)
    }
    try store.close()
    try StoreRescue.removeAll(of: path)
    return rescue != nil
  }

  /// Killed when the new store was ready, but not in its place.
  @Test func anInterruptedRescueGoesOn() async throws {
    try await withTemporaryHome { home in
      let (_, bytes) = try await makeStore(in: home)
      let path = home.path("fonana.sqlite")
      try bytes.prefix(bytes.count * 3 / 4).write(to: URL(filePath: path))
      let (store, rescue) = try LocalStore.openOrRescue(
        path: path, checking: true, at: Sample.time(0))
      try store.close()
      let folder = try #require(rescue).folder
      try FileManager.default.moveItem(atPath: path, toPath: folder + "/rescued.sqlite")
      try Data("damaged".utf8).write(to: URL(filePath: path))
      try Data("stale".utf8).write(to: URL(filePath: path + "-wal"))

      let (next, again) = try LocalStore.openOrRescue(
        path: path, checking: true, at: Sample.time(1))
      #expect(again == nil)
      #expect(try await next.snapshot().account == Sample.account)
      try next.close()
    }
  }

  /// An account that can't be read leaves nobody to send the items.
  @Test func aFileThatIsNoDatabaseIsKeptWhole() async throws {
    try await withTemporaryHome { home in
      let text = String(repeating: "no database ", count: 500)
      let path = try home.write(text, to: "fonana.sqlite")
      let (store, rescue) = try LocalStore.openOrRescue(
        path: path, checking: true, at: Sample.time(0))
      #expect(try await store.snapshot().outbox.isEmpty)
      #expect(rescue?.savedItems == 0 && rescue?.isOutboxComplete == false)
      let copy = try Data(contentsOf: URL(filePath: (rescue?.folder ?? "") + "/fonana.sqlite"))
      #expect(copy == Data(text.utf8))
      try await store.purge()
      #expect(StoreRescue.folders(of: path).isEmpty, "a purge takes the copies along")
      try store.close()
    }
  }
}
