import ControlProtocol
import FonanaCore
import Glibc

/// Until when nothing pops up, by the wall clock: a restart of the daemon changes nothing in it.
struct SnoozeFile: Sendable {
  let path: String

  /// nil: not snoozed, or nothing that can be read.
  func read() -> Timestamp? {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return FileBytes.readAll(descriptor, limit: 64).flatMap {
      Timestamp(String(decoding: $0, as: UTF8.self))
    }
  }

  func write(_ end: Timestamp?) throws(FonanaError) {
    if let end {
      try AtomicFile.write(Array(end.description.utf8), to: path)
    } else {
      unlink(path)
    }
  }

  /// The end on the clock since boot.
  func end(wall: Timestamp, boot: Duration) -> Duration? {
    guard let end = read(), end > wall else { return nil }
    return boot + .milliseconds(min(end.milliseconds - wall.milliseconds, 31_536_000_000))
  }
}
