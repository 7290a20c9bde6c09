import FonanaCore
import Foundation
import GRDB
import Glibc

/// Puts a backup in the place of a store, which is kept in a folder beside it.
///
/// The new store is built in that folder. Until it is whole nothing changes; from then on `finish`
/// needs only to be repeated.
struct RestoreWork {
  private static let mark = "replaced-"
  private static let readyName = "restored.sqlite"
  private static let newName = "new.sqlite"

  private let store: String
  private let images: String
  let folder: String

  init(store: String, images: String, at now: Timestamp) {
    self.store = store
    self.images = images
    let parent = URL(filePath: store).deletingLastPathComponent()
    folder =
      parent.appending(path: "\(Self.mark)\(now.milliseconds)").path(percentEncoded: false)
  }

  /// Beside the store, oldest first.
  static func folders(of store: String) -> [String] {
    StoreFile.companions(of: store, named: mark)
  }

  /// They hold what a person wants to be gone. What waited in them waits in the store.
  static func removeReplaced(of store: String) throws {
    for folder in folders(of: store) { try FileManager.default.removeItem(atPath: folder) }
  }

  /// Puts a restored store in its place that an interrupted start has left; one that is not whole is
  /// removed.
  static func finish(_ store: String) throws(FonanaError) {
    for folder in folders(of: store) {
      let ready = "\(folder)/\(readyName)"
      guard FileManager.default.fileExists(atPath: ready) else {
        if FileManager.default.fileExists(atPath: "\(folder)/\(newName)") {
          try? FileManager.default.removeItem(atPath: folder)
        }
        continue
      }
      for suffix in ["-wal", "-shm", "-journal"] { unlink(store + suffix) }
      try StoreFile(ready).move(to: store)
    }
  }

  /// `hasPresent`: a sound, closed store is there, whose outbox is taken over.
  func perform(from backup: BackupFile, hasPresent: Bool) throws -> Int {
    guard mkdir(folder, 0o700) == 0 else { throw StoreFile.failure(folder, errno) }
    let new = "\(folder)/\(Self.newName)"
    do {
      let waiting = try build(new, from: backup, hasPresent: hasPresent)
      if hasPresent { try keepPresent() }
      try StoreFile(new).move(to: "\(folder)/\(Self.readyName)")
      try Self.finish(store)
      if !hasPresent { try? FileManager.default.removeItem(atPath: folder) }
      return waiting
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
  }

  /// How many messages wait in it whose fate is open.
  private func build(
    _ path: String, from backup: BackupFile, hasPresent: Bool
  ) throws -> Int {
    try backup.copy(to: path)
    let new = try LocalStore.open(path: path)
    try new.pool.writeWithoutTransaction { db in
      if hasPresent {
        try db.execute(sql: "ATTACH DATABASE ? AS present", arguments: [store])
      }
      try db.inTransaction(.immediate) {
        try db.doubtWhatWaits()
        if hasPresent { try db.takeOverPresent() }
        try BackupImages.takeOut(of: db, into: images)
        return .commit
      }
      if hasPresent { try db.execute(sql: "DETACH DATABASE present") }
    }
    let waiting = try new.pool.read {
      try $0.number("SELECT count(*) FROM outbox WHERE is_restored = 1")
    }
    try new.close()
    try StoreCopy.removeAll(of: path)
    return Int(waiting)
  }

  /// A second name for the file, which loses its first one in a moment.
  private func keepPresent() throws(FonanaError) {
    let kept = "\(folder)/fonana.sqlite"
    guard link(store, kept) == 0 else { throw StoreFile.failure(kept, errno) }
  }
}
