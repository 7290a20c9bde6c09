import ControlProtocol
import FonanaCore
import Glibc

/// The profile's log file, turned over when it has grown to its limit.
struct LogFile: ~Copyable, Sendable {
  private let path: String
  private let limit: Int
  private let keeps: Int
  private var descriptor: OwnedDescriptor
  private var size: Int

  init(path: String, limit: Int = 4 << 20, keeps: Int = 3) throws(FonanaError) {
    self.path = path
    self.limit = limit
    self.keeps = keeps
    (descriptor, size) = try Self.open(path)
  }

  /// A line that can't be written is lost: the log must not stop the daemon.
  mutating func write(_ line: [UInt8]) {
    if size > 0, size + line.count > limit { turnOver() }
    if FileBytes.writeAll(descriptor.number, line) { size += line.count }
  }

  /// `log.2` becomes `log.3`, `log` becomes `log.1`.
  private mutating func turnOver() {
    for number in stride(from: keeps - 1, to: 0, by: -1) {
      rename("\(path).\(number)", "\(path).\(number + 1)")
    }
    rename(path, "\(path).1")
    guard let (next, nextSize) = try? Self.open(path) else { return size = 0 }
    (descriptor, size) = (next, nextSize)
  }

  private static func open(_ path: String) throws(FonanaError) -> (OwnedDescriptor, Int) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC
    let number = Glibc.open(path, flags, 0o600)
    guard number >= 0 else { throw AtomicFile.failure(path, errno) }
    let descriptor = OwnedDescriptor(owning: number)
    var info = stat()
    guard fstat(number, &info) == 0 else { throw AtomicFile.failure(path, errno) }
    return (descriptor, Int(info.st_size))
  }
}
