package import FonanaCore
import Foundation
import GRDB

/// What the store takes on the disk, in bytes.
package struct StoreSizes: Hashable, Sendable {
  package var database: Int64
  /// Of these nothing is used; `vacuum` gives them back.
  package var free: Int64
  package var log: Int64
  /// Copies of older schemas, and stores that were damaged or replaced by a backup.
  package var copies: Int64
}

extension LocalStore {
  package func sizes() async throws(FonanaError) -> StoreSizes {
    let (database, free) = try await read { db in
      let pageSize = try db.number("PRAGMA page_size")
      return try (
        db.number("PRAGMA page_count") * pageSize, db.number("PRAGMA freelist_count") * pageSize
      )
    }
    let copies =
      ((try? StoreCopy.all(of: path)) ?? []) + StoreRescue.folders(of: path)
      + RestoreWork.folders(of: path)
    return StoreSizes(
      database: database, free: free, log: Self.size(of: path + "-wal"),
      copies: copies.map(Self.size).reduce(0, +))
  }

  /// Rewrites the file without its unused parts, and empties the log.
  package func vacuum() async throws(FonanaError) {
    guard !writes.isClosed else { throw .storeClosed }
    let outcome: Result<Void, FonanaError> = await withCheckedContinuation { continuation in
      pool.asyncBarrierWriteWithoutTransaction { connection in
        let result = Result {
          let db = try connection.get()
          try db.execute(sql: "VACUUM")
          _ = try db.checkpoint(.truncate)
          try self.removeTracesLeft(in: db)
        }
        continuation.resume(returning: result.mapError(FonanaError.init(store:)))
      }
    }
    try outcome.get()
  }

  /// Of a file, or of all files in a folder; 0: there is none.
  private static func size(of path: String) -> Int64 {
    let files = FileManager.default
    let inside = (try? files.subpathsOfDirectory(atPath: path)) ?? []
    return ([path] + inside.map { "\(path)/\($0)" }).reduce(0) { sum, file in
      let facts = try? files.attributesOfItem(atPath: file)
      guard facts?[.type] as? FileAttributeType == .typeRegular else { return sum }
      return sum + ((facts?[.size] as? NSNumber)?.int64Value ?? 0)
    }
  }
}
