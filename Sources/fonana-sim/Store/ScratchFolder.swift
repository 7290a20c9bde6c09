import FonanaCore
import Glibc

/// A temporary folder, in memory where the machine has a file system there.
struct ScratchFolder {
  private let root: String

  init() throws(FonanaError) {
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(parent)/fonana-sim-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw Self.failure("make a folder in \(parent)") }
    root = made
  }

  func path(_ name: String) -> String { "\(root)/\(name)" }

  /// Whole, by bytes; a file that is not there stays so.
  func copy(_ name: String, to other: String) throws(FonanaError) {
    let source = open(path(name), O_RDONLY | O_CLOEXEC)
    if source < 0, errno == ENOENT { return }
    guard source >= 0 else { throw Self.failure("read \(name)") }
    defer { close(source) }
    let target = open(path(other), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw Self.failure("make \(other)") }
    defer { close(target) }
    while true {
      let count = sendfile(target, source, nil, 1 << 24)
      guard count >= 0 else { throw Self.failure("copy \(name)") }
      if count == 0 { return }
    }
  }

  /// The file and its companions.
  func remove(_ name: String) {
    for suffix in ["", "-wal", "-shm"] { unlink(path(name + suffix)) }
  }

  func remove() {
    guard let directory = opendir(root) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      unlink(path(name))
    }
    closedir(directory)
    rmdir(root)
  }

  private static func failure(_ what: String) -> FonanaError {
    FonanaError(
      .internalDefect, "The simulator can't \(what): \(String(cString: strerror(errno))).")
  }
}
