import ControlProtocol
import FonanaCore
import Glibc

/// Reads a log file that grows and may be replaced by a new one.
final class LogTail {
  /// What is looked at of a log that is there already.
  private static let window: off_t = 4 << 20

  private let path: String
  private var inode: ino_t?
  private var offset: off_t = 0
  private var framer = LineFramer(limit: 1 << 20)

  init(_ path: String) { self.path = path }

  /// The lines that have come since the last call.
  func read() throws(FonanaError) -> [String] {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else {
      if inode != nil { return [] }
      throw FonanaError(
        .notFound, "There is no log at \(path).", hint: "Type “fonana daemon start”.")
    }
    let file = OwnedDescriptor(owning: number)
    var status = stat()
    guard fstat(number, &status) == 0 else { return [] }
    if inode != status.st_ino || status.st_size < offset { restart(status) }
    var lines: [String] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = pread(file.number, &chunk, chunk.count, offset)
      guard count > 0 else { return lines }
      offset += off_t(count)
      framer.append(chunk[..<count])
      while let line = try framer.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    }
  }

  private func restart(_ status: stat) {
    let isFirst = inode == nil
    inode = status.st_ino
    offset = isFirst ? max(0, status.st_size - Self.window) : 0
    framer = LineFramer(limit: 1 << 20)
  }
}
