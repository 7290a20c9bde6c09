import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct OpeningTests {
  /// NORMAL can lose a commit that was reported, and the pool sets NORMAL by itself.
  @Test func everyCommitIsSynced() async throws {
    try await withStore { store in
      let level = try level(of: store)
      #expect(level == 2)
    }
  }

  @Test func aStoreThatSyncsTooLittleIsFound() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(
        path: home.path("fonana.sqlite"), checking: false, limits: StoreLimits(), syncing: .normal)
      let level = try level(of: store)
      #expect(level == 1)
      try store.close()
    }
  }

  private func level(of store: LocalStore) throws -> Int? {
    try store.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
  }

  @Test(arguments: [
    ("journal_mode", "wal"), ("foreign_keys", "1"), ("user_version", "\(StoreSchema.version)"),
  ])
  func writerIsSetUp(pragma: String, expected: String) async throws {
    try await withStore { store in
      let value = try store.pool.writeWithoutTransaction {
        try String.fetchOne($0, sql: "PRAGMA \(pragma)")
      }
      #expect(value == expected)
    }
  }

  @Test func filesArePrivate() async throws {
    try await withStore { store in
      for suffix in ["", "-wal", "-shm"] {
        let attributes = try FileManager.default.attributesOfItem(atPath: store.path + suffix)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
      }
    }
  }

  @Test func contentSurvivesReopening() async throws {
    try await withTemporaryHome { home in
      let path = home.path("fonana.sqlite")
      let first = try LocalStore.open(path: path)
      try await first.does(.pinAccount(Sample.account), .enqueue(Sample.item(1)))
      try first.close()
      let second = try LocalStore.open(path: path, checking: true)
      let snapshot = try await second.snapshot()
      #expect(snapshot.account == Sample.account)
      #expect(snapshot.outbox.map(\.cid) == [Sample.cid(1)])
      try second.close()
    }
  }

  /// Also when the newer version stands in the write-ahead log only.
  @Test(arguments: [true, false])
  func newerSchemaIsRefusedWithoutAWrite(isInLog: Bool) async throws {
    try await withTemporaryHome { home in
      let path = home.path("fonana.sqlite")
      let newer = try DatabasePool(path: path)
      try await newer.write { db in
        try db.execute(sql: "CREATE TABLE future (x); PRAGMA user_version = 99")
      }
      if !isInLog {
        try await newer.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      }
      let copy = try copyFiles(of: path, to: home.path("copy.sqlite"))
      try newer.close()
      let before = try Data(contentsOf: URL(filePath: copy))
      let error = #expect(throws: FonanaError.self) { try LocalStore.open(path: copy) }
      #expect(error?.code == .storeUnwritable)
      #expect(error?.message.contains("99") == true)
      #expect(try Data(contentsOf: URL(filePath: copy)) == before)
    }
  }

  @Test func aFileThatIsNoDatabaseIsCalledDamaged() async throws {
    try await withTemporaryHome { home in
      let path = try home.write(String(repeating: "no database ", count: 500), to: "f.sqlite")
      let error = #expect(throws: FonanaError.self) { try LocalStore.open(path: path) }
      #expect(error?.code == .storeDamaged)
      #expect(error?.hint != nil)
    }
  }

  @Test func overwrittenPagesAreFoundWhenChecking() async throws {
    try await withTemporaryHome { home in
      let path = home.path("fonana.sqlite")
      let store = try LocalStore.open(path: path)
      try await store.does(.pinAccount(Sample.account))
      for start in stride(from: Int64(0), to: 600, by: 100) {
        try await store.pull((start..<start + 100).map { Sample.message($0) })
      }
      try store.close()
      try overwriteMessages(of: path)
      try LocalStore.open(path: path).close()  // nothing else would have noticed
      let error = #expect(throws: FonanaError.self) {
        try LocalStore.open(path: path, checking: true)
      }
      #expect(error?.code == .storeDamaged)
    }
  }

  @Test func aMissingFolderIsUnwritable() async throws {
    try await withTemporaryHome { home in
      let error = #expect(throws: FonanaError.self) {
        try LocalStore.open(path: home.path("missing/fonana.sqlite"))
      }
      #expect(error?.code == .storeUnwritable)
      #expect(error?.message.contains("missing/fonana.sqlite") == true)
    }
  }

  @Test func aClosedStoreRefusesWork() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try store.close()
      await #expect(throws: FonanaError.storeClosed) { try await store.does(.noteEcho(true)) }
      await #expect(throws: FonanaError.storeClosed) { try await store.snapshot() }
    }
  }

  /// Pages that hold nothing but messages.
  private func overwriteMessages(of path: String) throws {
    var bytes = try Data(contentsOf: URL(filePath: path))
    let leaves = stride(from: 0, to: bytes.count, by: 4096).filter { page in
      bytes[page] == 0x0D && bytes[page..<page + 4096].firstRange(of: Data("m300".utf8)) != nil
    }
    try #require(!leaves.isEmpty)
    for page in leaves {
      bytes.replaceSubrange(page + 8..<page + 64, with: Data(repeating: 0xA5, count: 56))
    }
    try bytes.write(to: URL(filePath: path))
  }
}

/// Copies the database as it is on the disk now, with its log, and gives the copy's path.
func copyFiles(of path: String, to copy: String) throws -> String {
  for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
    try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
  }
  return copy
}
