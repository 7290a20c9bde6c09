import ControlProtocol
import FonanaCore
import Glibc

/// The daemon's socket with the place it has in the file system.
final class ListeningSocket: Sendable {
  let path: String
  private let listener: UnixListener
  private let inode: ino_t

  /// Only for the holder of the profile's lock. `inherited` listens at `path` already.
  init(path: String, inherited: OwnedDescriptor? = nil) throws(FonanaError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    try PrivateFolder.prepare(folder)
    listener =
      if let inherited { UnixListener(sharing: inherited, path: path) } else {
        try UnixListener(path: path)
      }
    self.path = path
    inode = Self.inode(of: path) ?? 0
    DescriptorFlags.set(listener.descriptor.number)
  }

  var number: Int32 { listener.descriptor.number }

  /// Whether the path still leads here.
  var isInPlace: Bool { Self.inode(of: path) == inode }

  /// Ends listening and removes the file.
  func close() {
    if isInPlace, !listener.isShared { listener.shutDown() } else { abandon() }
  }

  /// Ends listening; what is at the path now is not ours. A shared socket would end for all who
  /// hold it: it is only let go.
  func abandon() {
    if !listener.isShared { _ = shutdown(number, Int32(SHUT_RDWR)) }
  }

  private static func inode(of path: String) -> ino_t? {
    var info = stat()
    guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFSOCK else { return nil }
    return info.st_ino
  }
}
