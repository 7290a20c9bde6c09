import FonanaCore
import Foundation
import GRDB
import Glibc

/// Sets a damaged store aside and makes a new one with what can be saved of it.
///
/// Every step can be interrupted: until the new store is complete the damaged one stays in its
/// place, and from then on `finish` needs only to be repeated.
struct RescueWork {
  private static let companions = ["", "-wal", "-journal"]
  private static let readyName = "rescued.sqlite"

  private let store: String
  private let folder: String
  private let now: Timestamp

  init(store: String, at now: Timestamp) {
    self.store = store
    self.now = now
    folder = StoreRescue.folder(of: store, at: now)
  }

  /// Puts a rescued store in its place that an interrupted start has left.
  static func finish(_ store: String) throws(FonanaError) {
    for folder in StoreRescue.folders(of: store) {
      let ready = "\(folder)/\(readyName)"
      guard FileManager.default.fileExists(atPath: ready) else { continue }
      for suffix in ["-wal", "-shm", "-journal"] { unlink(store + suffix) }
      try StoreFile(ready).move(to: store)
    }
  }

  func perform(because reason: String) throws -> StoreRescue {
    removeUnfinished()
    guard mkdir(folder, 0o700) == 0 else { throw Self.failure(folder, errno) }
    for suffix in Self.companions {
      try copy(store + suffix, to: "\(folder)/fonana.sqlite\(suffix)")
    }
    let saved = try build()
    let rescue = StoreRescue(
      at: now, reason: reason, folder: folder, savedItems: saved.items,
      isOutboxComplete: saved.isComplete)
    let report = "\(folder)/\(StoreRescue.reportName)"
    try JSONEncoder().encode(rescue).write(to: URL(filePath: report))
    chmod(report, 0o600)
    try StoreFile("\(folder)/new.sqlite").move(to: "\(folder)/\(Self.readyName)")
    try Self.finish(store)
    return rescue
  }

  /// What an interrupted rescue has begun; the damaged store itself is still in its place.
  private func removeUnfinished() {
    for folder in StoreRescue.folders(of: store)
    where !FileManager.default.fileExists(atPath: "\(folder)/\(StoreRescue.reportName)") {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  private func build() throws -> Salvage.Sum {
    let scratch = "\(folder)/scratch.sqlite"
    for suffix in Self.companions { try copy(store + suffix, to: scratch + suffix) }
    defer { for suffix in Self.companions + ["-shm"] { unlink(scratch + suffix) } }
    mendHeader(of: scratch)
    let new = try LocalStore.open(path: "\(folder)/new.sqlite")
    let sum = try new.pool.write { target in Salvage(into: target).save(from: scratch) }
    try new.close()
    return sum
  }

  /// Nothing, when there is no such file.
  private func copy(_ path: String, to target: String) throws(FonanaError) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.copyItem(atPath: path, toPath: target)
    } catch {
      throw Self.failure(target, errno)
    }
    chmod(target, 0o600)
  }

  /// The same in every store: where it was hit, nothing else could be read.
  private func mendHeader(of path: String) {
    let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // The magic, pages of 4096 bytes, write-ahead logging, no reserved space, payload fractions.
    let start = Array("SQLite format 3\0".utf8) + [0x10, 0x00, 2, 2, 0, 64, 32, 32]
    pwrite(descriptor, start, start.count, 0)
    let pages = UInt32(clamping: lseek(descriptor, 0, SEEK_END) / 4096)
    // How many pages there are, the format of the schema, the encoding.
    for (value, place): (UInt32, off_t) in [(pages, 28), (4, 44), (1, 56)] {
      var bytes = value.bigEndian
      pwrite(descriptor, &bytes, 4, place)
    }
  }

  private static func failure(_ path: String, _ number: Int32) -> FonanaError {
    FonanaError(
      .storeUnwritable,
      "The damaged store can't be set aside at \(path) (\(String(cString: strerror(number)))).",
      hint: "Check the rights of the folder and the space on its disk.")
  }
}
