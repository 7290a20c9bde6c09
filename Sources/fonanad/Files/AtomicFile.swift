import ControlProtocol
import FonanaCore
import FoundationEssentials
import Glibc
import Synchronization

/// Replaces a file so that a crash leaves the old one or the new one, never a part.
enum AtomicFile {
  private static let writes = Atomic(0)

  /// The new file is the owner's alone, and durable with its name when this returns.
  static func write(_ bytes: [UInt8], to path: String) throws(FonanaError) {
    // Two writes of one file at once must not meet.
    let number = writes.add(1, ordering: .relaxed).newValue
    let temporary = path + ".new.\(getpid()).\(number)"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    let isWritten = FileBytes.writeAll(descriptor, bytes) && fsync(descriptor) == 0
    let failed = errno
    close(descriptor)
    guard isWritten, rename(temporary, path) == 0 else {
      let reason = isWritten ? errno : failed
      unlink(temporary)
      throw failure(path, reason)
    }
    try syncFolder(of: path)
  }

  /// What writes that were killed have left of it. Nobody may be writing it.
  static func removeLeftovers(of path: String) {
    let url = URL(filePath: path)
    let folder = url.deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(url.lastPathComponent + ".new.") {
      unlink("\(folder)/\(name)")
    }
  }

  static func syncFolder(of path: String) throws(FonanaError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path, errno) }
  }

  static func failure(_ path: String, _ number: Int32) -> FonanaError {
    FonanaError(
      .storeUnwritable, "\(path) can't be written: \(SystemError.text(number)).",
      hint: number == ENOSPC
        ? "Free some space and try again." : "Check who owns the folder and its rights.")
  }
}
