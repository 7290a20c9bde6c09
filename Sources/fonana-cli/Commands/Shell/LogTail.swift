import ControlProtocol
import FonanaCore
import Glibc

/// Reads a log that grows and is turned over: what was written to the old file before it was
/// renamed is read too.
final class LogTail {
  private let path: String
  private var reader: LogReader?

  init(_ path: String) { self.path = path }

  /// Of older files, oldest first, and of the present one; later only what has come since.
  func history() throws(FonanaError) -> [String] {
    var lines: [String] = []
    for number in stride(from: 9, through: 1, by: -1) {
      if let old = LogReader("\(path).\(number)") { lines += try old.read() }
    }
    return lines + (try read())
  }

  /// The lines that have come since the last call.
  func read() throws(FonanaError) -> [String] {
    guard let current = reader else {
      guard let first = LogReader(path) else {
        throw FonanaError(
          .notFound, "There is no log at \(path).", hint: "Type “fonana daemon start”.")
      }
      reader = first
      return try first.read()
    }
    let next = LogReader(path)
    let rest = try current.read()
    guard let next, next.inode != current.inode else { return rest }
    reader = next
    return rest + (try next.read())
  }
}

/// One file, from its start on.
private final class LogReader {
  let inode: ino_t
  private let file: OwnedDescriptor
  private var framer = LineFramer(limit: 1 << 20)

  /// nil: there is none.
  init?(_ path: String) {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    file = OwnedDescriptor(owning: number)
    var status = stat()
    guard fstat(number, &status) == 0 else { return nil }
    inode = status.st_ino
  }

  func read() throws(FonanaError) -> [String] {
    var lines: [String] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = Glibc.read(file.number, &chunk, chunk.count), count > 0 {
      framer.append(chunk[..<count])
      while let line = try framer.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    }
    return lines
  }
}
