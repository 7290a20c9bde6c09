import FonanaCore
import Foundation

/// The database file before SQLite has it.
struct StoreFile {
  private let path: String

  init(_ path: String) { self.path = path }

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
      .storeUnwritable, "The store can't be made at \(path) (\(String(cString: strerror(errno)))).",
      hint: "Check the rights of the folder and the space on its disk.")
  }
}
