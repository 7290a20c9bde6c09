package import FonanaCore
import Foundation
import GRDB

/// What a look at the store's file finds.
package struct StoreHealth: Sendable, Hashable {
  package var schema: Int
  /// The one that this program writes.
  package var knownSchema: Int
  package var sqliteVersion: String
  /// The first finding of `PRAGMA quick_check`; nil: every page is sound.
  package var flaw: String?
  package var bytes: Int64

  init(_ db: Database) throws {
    schema = try StoreSchema.version(of: db)
    knownSchema = StoreSchema.version
    sqliteVersion = try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "?"
    let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
    flaw = finding == "ok" ? nil : finding ?? "no answer"
    bytes = try db.number("PRAGMA page_count") * db.number("PRAGMA page_size")
  }
}

extension LocalStore {
  package func health() async throws(FonanaError) -> StoreHealth {
    try await read { try StoreHealth($0) }
  }

  /// Of a store that nobody has open; nothing is written. nil: there is none yet. Blocks.
  package static func health(path: String) throws(FonanaError) -> StoreHealth? {
    try look(at: path) { try StoreHealth($0) }
  }

  static func look<Value>(
    at path: String, _ body: (Database) throws -> Value
  ) throws(FonanaError) -> Value? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      let file = try DatabaseQueue(path: address(of: path), configuration: configuration)
      defer { try? file.close() }
      return try file.inDatabase(body)
    } catch {
      throw FonanaError(store: error)
    }
  }

  /// Without a log that was left, the file can be read as one that nobody changes: SQLite then
  /// makes no files beside it.
  private static func address(of path: String) -> String {
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
    let hasLog = (log?[.size] as? Int ?? 0) > 0
    return hasLog ? path : URL(filePath: path).absoluteString + "?immutable=1"
  }
}
