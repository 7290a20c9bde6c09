import ControlProtocol
import FonanaCore
import Glibc

/// The end of the log, as far as its lines are ours.
enum LogExcerpt {
  private static let bytes: off_t = 256 << 10
  private static let most = 400

  static func newest(of path: String) -> [LogLine] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    guard lseek(descriptor, max(0, size - bytes), SEEK_SET) >= 0,
      let text = FileBytes.readAll(descriptor, limit: Int(bytes) * 2)
    else { return [] }
    // The first one may be cut.
    return text.split(separator: UInt8(ascii: "\n"))
      .compactMap { try? ControlJSON.decode(LogLine.self, from: $0) }.suffix(most)
  }
}
