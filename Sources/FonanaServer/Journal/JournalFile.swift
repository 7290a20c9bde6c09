import Glibc

/// The file of JSON lines that keeps the world over restarts: one act a line, written before the
/// answer that depends on it, read back at the start. It is not flushed to the disk, so it outlives
/// the process but not the machine.
final class JournalFile: Sendable {
  private let descriptor: Int32

  /// Opens or makes the file and hands what it holds to `replay`, in order. A last line without an
  /// end, as a crash leaves it, is cut off.
  init(path: String, replay: (WorldAct) -> Void) throws(JournalError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unusable(path: path, number: errno) }
    let bytes = try Self.contents(descriptor, path)
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    for (index, line) in bytes[..<end].split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let act = WireJSON(parsing: line).flatMap(WorldAct.init(json:)) else {
        throw .malformed(path: path, line: index + 1)
      }
      replay(act)
    }
    if end < bytes.count { ftruncate(descriptor, off_t(end)) }
  }

  deinit { close(descriptor) }

  func append(_ acts: [WorldAct]) {
    var lines = ""
    for act in acts {
      act.json.write(to: &lines)
      lines += "\n"
    }
    var rest = Array(lines.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(0, count))
    }
  }

  private static func contents(_ descriptor: Int32, _ path: String) throws(JournalError) -> [UInt8]
  {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unusable(path: path, number: errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}
