import FonanaCore
import Foundation
import Glibc

/// The database file before SQLite has it.
struct StoreFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// What lies beside the store under a name that begins so, in the order of the names.
  static func companions(of store: String, named start: String) -> [String] {
    let parent = URL(filePath: store).deletingLastPathComponent().path(percentEncoded: false)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    return names.filter { $0.hasPrefix(start) }.sorted().map {
      (parent.hasSuffix("/") ? parent : parent + "/") + $0
    }
  }

  /// False when it had to be made. SQLite gives its companions (`-wal`, `-shm`) the file's mode,
  /// so making it here keeps all of them private whatever the umask is.
  func existsOrIsMade() throws(FonanaError) -> Bool {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      Glibc.close(descriptor)
      return false
    }
    guard errno != EEXIST else { return true }
    throw FonanaError(
      .storeUnwritable, "\(path) can't be made (\(String(cString: strerror(errno)))).",
      hint: "Check the rights of the folder and the space on its disk.")
  }

  /// Writes it down and gives it another name, which is durable when this returns.
  func move(to target: String) throws(FonanaError) {
    try sync(path)
    guard rename(path, target) == 0 else { throw Self.failure(target, errno) }
    try sync(URL(filePath: target).deletingLastPathComponent().path(percentEncoded: false))
  }

  private func sync(_ path: String) throws(FonanaError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw Self.failure(path, errno) }
  }

  static func failure(_ path: String, _ number: Int32) -> FonanaError {
    FonanaError(
      .storeUnwritable, "\(path) can't be written (\(String(cString: strerror(number)))).",
      hint: "Check the rights of the folder and the space on its disk.")
  }
}
