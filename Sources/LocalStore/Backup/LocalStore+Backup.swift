package import FonanaCore
import Foundation
import GRDB

extension LocalStore {
  /// Writes a copy of one committed state to `target` while the store is in use: one file, the
  /// owner's alone, checked before it gets its name. Gives its size in bytes.
  ///
  /// The images that wait to be sent, files of the folder `images`, go along. What waits is marked
  /// in the copy: by the time that somebody puts it back, the server may have it. An existing file
  /// stays unless `replacing`.
  package func backUp(
    to target: String, images: String, replacing: Bool
  ) async throws(FonanaError) -> Int64 {
    guard !writes.isClosed else { throw .storeClosed }
    try checkPlace(of: target, replacing: replacing)
    let unfinished = target + ".part"
    defer { try? FileManager.default.removeItem(atPath: unfinished) }
    try? FileManager.default.removeItem(atPath: unfinished)
    _ = try StoreFile(unfinished).existsOrIsMade()
    let bytes = try await read { db in
      do {
        return try db.copy(to: unfinished, images: images)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
        throw Self.noRoom(for: target)
      }
    }
    try StoreFile(unfinished).move(to: target)
    return bytes
  }

  private static func noRoom(for target: String) -> FonanaError {
    FonanaError(
      .storeUnwritable, "The disk is too full for a backup at \(target).",
      hint: "Make room there, or name a file on another disk.")
  }

  /// The store's own folder holds files that the daemon reads, makes and removes.
  private func checkPlace(of target: String, replacing: Bool) throws(FonanaError) {
    let folders = [target, path].map {
      URL(filePath: $0).deletingLastPathComponent().resolvingSymlinksInPath().pathComponents
    }
    guard target.hasPrefix("/"), !folders[0].starts(with: folders[1]) else {
      throw FonanaError(
        .invalidInput, "A backup can't lie in the store's own folder, or below it.",
        hint: "Name a file elsewhere, best on another disk.")
    }
    guard replacing || !FileManager.default.fileExists(atPath: target) else {
      throw FonanaError(
        .conflict, "The file is there already, and was not touched.",
        hint: "Name another one, or add --force.")
    }
  }
}

extension Database {
  fileprivate func copy(to path: String, images folder: String) throws -> Int64 {
    let target = try DatabaseQueue(path: path)
    defer { try? target.close() }
    return try target.writeWithoutTransaction { copy in
      try backup(to: copy)
      // So that it is one file whoever opens it.
      try copy.execute(sql: "PRAGMA journal_mode = DELETE")
      if try copy.setting(.tracesLeft) != nil {
        try copy.eraseFreedPages()
        try copy.unmarkTraces()
      }
      try copy.doubtWhatWaits()
      try BackupImages.add(from: folder, to: copy)
      try StoreSchema.requireSoundPages(copy)
      return try copy.number("PRAGMA page_count") * copy.number("PRAGMA page_size")
    }
  }
}
