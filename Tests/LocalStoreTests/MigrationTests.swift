import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

/// From an older schema to this one: with a copy, whole or not at all.
@Suite(.timeLimit(.minutes(1)))
struct MigrationTests {
  private func dump(_ path: String) throws -> [String] {
    let file = try DatabaseQueue(path: path)
    let rows = try file.read { try schemaText(of: $0) + dumpRows(of: $0, without: []) }
    try file.close()
    return rows
  }

  private func version(of path: String) throws -> Int? {
    let file = try DatabaseQueue(path: path)
    let version = try file.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
    try file.close()
    return version
  }

  private func change(_ path: String, _ sql: String) throws {
    let file = try DatabaseQueue(path: path)
    try file.writeWithoutTransaction { try $0.execute(sql: sql) }
    try file.close()
  }

  @Test(arguments: releasedSchemas)
  func aCopyOfTheOldFileStandsBesideIt(schema: Int) async throws {
    try await withTemporaryHome { home in
      let path = try released(schema, in: home)
      let before = try dump(path)
      try LocalStore.open(path: path).close()
      let copy = StoreCopy.path(of: path, schema: schema)
      #expect(try dump(copy) == before)
      #expect(try version(of: copy) == schema)
      #expect(try version(of: path) == StoreSchema.version)
      let attributes = try FileManager.default.attributesOfItem(atPath: copy)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  /// A daemon that was killed leaves its last commits there.
  @Test func theCopyHoldsWhatStoodInTheLogOnly() async throws {
    try await withTemporaryHome { home in
      let path = try released(1, in: home)
      let running = try DatabasePool(path: path)
      try await running.write { try $0.execute(sql: "UPDATE outbox SET content = 'late words'") }
      let killed = try copyFiles(of: path, to: home.path("killed.sqlite"))
      try running.close()
      let store = try LocalStore.open(path: killed)
      let snapshot = try await store.snapshot()
      #expect(snapshot.outbox.map(\.content) == ["late words"])
      try store.close()
      let copied = try dump(StoreCopy.path(of: killed, schema: 1))
      #expect(copied.contains { $0.hasPrefix("outbox:") && $0.contains("late words") })
    }
  }

  @Test func onlyTheNewestCopyIsKept() async throws {
    try await withTemporaryHome { home in
      let path = try released(1, in: home)
      try home.write("older", to: "released.sqlite.schema-0")
      try home.write("cut off", to: "released.sqlite.schema-1.new")
      try home.write("of another store", to: "other.sqlite.schema-0")
      try LocalStore.open(path: path).close()
      #expect(try StoreCopy.all(of: path) == [StoreCopy.path(of: path, schema: 1)])
      #expect(FileManager.default.fileExists(atPath: home.path("other.sqlite.schema-0")))
      try LocalStore.open(path: path).close()
      #expect(try StoreCopy.all(of: path) == [StoreCopy.path(of: path, schema: 1)])
    }
  }

  @Test func aNewStoreHasNoCopy() async throws {
    try await withTemporaryHome { home in
      let path = home.path("fresh.sqlite")
      try LocalStore.open(path: path).close()
      try LocalStore.open(path: path).close()
      #expect(try StoreCopy.all(of: path).isEmpty)
    }
  }

  /// The last statement of the migration fails: nothing of the ones before it is there.
  @Test func anInterruptedMigrationLeavesTheOldSchemaAndResumes() async throws {
    try await withTemporaryHome { home in
      let path = try released(1, in: home)
      try change(path, "ALTER TABLE outbox ADD COLUMN is_restored INTEGER NOT NULL DEFAULT 0")
      let before = try dump(path)
      #expect(throws: FonanaError.self) { try LocalStore.open(path: path) }
      #expect(try dump(path) == before)
      #expect(try version(of: path) == 1)
      try change(path, "ALTER TABLE outbox DROP COLUMN is_restored")
      let store = try LocalStore.open(path: path)
      let snapshot = try await store.snapshot()
      #expect(snapshot.outbox.map(\.isRestored) == [false])
      #expect(try version(of: path) == StoreSchema.version)
      try store.close()
    }
  }

  /// Nothing is changed where no copy can be made.
  @Test func withoutACopyThereIsNoMigration() async throws {
    try await withTemporaryHome { home in
      let path = try released(1, in: home)
      let before = try dump(path)
      let blocker = StoreCopy.path(of: path, schema: 1)
      try FileManager.default.createDirectory(
        atPath: blocker + "/full", withIntermediateDirectories: true)
      let error = #expect(throws: FonanaError.self) { try LocalStore.open(path: path) }
      #expect(error?.code == .storeUnwritable)
      #expect(try dump(path) == before)
    }
  }
}
