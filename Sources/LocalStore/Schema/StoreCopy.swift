import FonanaCore
import Foundation
import GRDB

/// The copy of the file that stands beside it while a newer schema is tried: page by page, with
/// what its write-ahead log holds.
enum StoreCopy {
  private static let mark = ".schema-"

  static func path(of store: String, schema: Int) -> String { "\(store)\(mark)\(schema)" }

  /// Durable, and the owner's alone. Takes the place of all earlier copies.
  static func make(of store: String, from source: DatabaseQueue, schema: Int) throws {
    let copy = path(of: store, schema: schema)
    let unfinished = copy + ".new"
    try? FileManager.default.removeItem(atPath: unfinished)
    _ = try StoreFile(unfinished).existsOrIsMade()
    do {
      let target = try DatabaseQueue(path: unfinished)
      try source.backup(to: target)
      try target.close()
      try StoreFile(unfinished).move(to: copy)
    } catch {
      try? FileManager.default.removeItem(atPath: unfinished)
      throw error
    }
    for other in try all(of: store) where other != copy {
      try FileManager.default.removeItem(atPath: other)
    }
  }

  /// The copies hold what a person wants to be gone.
  static func removeAll(of store: String) throws {
    for copy in try all(of: store) { try FileManager.default.removeItem(atPath: copy) }
  }

  /// Paths of all copies, also of those that were never finished.
  static func all(of store: String) throws -> [String] {
    let url = URL(filePath: store)
    let folder = url.deletingLastPathComponent().path(percentEncoded: false)
    let start = url.lastPathComponent + mark
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasPrefix(start) }
      .map { URL(filePath: folder).appending(path: $0).path(percentEncoded: false) }
  }
}
