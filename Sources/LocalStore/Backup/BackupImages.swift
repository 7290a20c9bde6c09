import FonanaCore
import Foundation
import GRDB

/// The images that wait to be sent: files beside a store, a table in a copy of it.
enum BackupImages {
  static func add(from folder: String, to copy: Database) throws {
    try copy.execute(
      sql: "CREATE TABLE image (file_name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
    for name in try names(copy) {
      // One that is confirmed in this moment has none any more, and needs none.
      guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      try copy.execute(
        sql: "INSERT INTO image (file_name, bytes) VALUES (?, ?)", arguments: [name, bytes])
    }
  }

  /// Makes files of those that still wait, the owner's alone, and drops the table. A copy of an
  /// earlier version has none.
  static func takeOut(of copy: Database, into folder: String) throws {
    guard try copy.tableExists("image") else { return }
    for name in try names(copy) where !FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
      let row = try Data.fetchOne(
        copy, sql: "SELECT bytes FROM image WHERE file_name = ?", arguments: [name])
      if let row { try write(row, to: "\(folder)/\(name)") }
    }
    try copy.execute(sql: "DROP TABLE image")
  }

  /// A name from a file that anybody may have written names nothing outside of the folder.
  private static func names(_ db: Database) throws -> [String] {
    try String.fetchAll(db, sql: "SELECT image_file FROM outbox WHERE image_file IS NOT NULL")
      .filter { !$0.contains("/") && !$0.hasPrefix(".") }
  }

  private static func write(_ bytes: Data, to path: String) throws {
    let unfinished = path + ".part"
    try? FileManager.default.removeItem(atPath: unfinished)
    _ = try StoreFile(unfinished).existsOrIsMade()
    try bytes.write(to: URL(filePath: unfinished))
    try StoreFile(unfinished).move(to: path)
  }
}
