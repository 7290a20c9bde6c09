import ControlProtocol
import Glibc

/// Whole lines on their way to a client, the first perhaps partly written.
struct OutputBuffer {
  private var lines: [[UInt8]] = []
  private var head = 0
  /// Of the first line.
  private var written = 0
  private(set) var byteCount = 0

  var isEmpty: Bool { byteCount == 0 }

  mutating func append(_ line: [UInt8]) {
    lines.append(line)
    byteCount += line.count
  }

  /// Forgets all lines that are not begun.
  mutating func dropUnbegun() {
    let begun = written > 0 ? Array(lines[head...head]) : []
    byteCount = begun.reduce(0) { $0 + $1.count } - (begun.isEmpty ? 0 : written)
    (lines, head) = (begun, 0)
  }

  enum Progress {
    case drained
    case blocked
    case broken
  }

  /// Writes as much as the socket takes.
  mutating func write(to descriptor: Int32) -> Progress {
    while head < lines.count {
      let count = SocketMessage.send(lines[head][written...], passing: nil, over: descriptor)
      if count < 0 {
        if errno == EINTR { continue }
        return errno == EAGAIN ? .blocked : .broken
      }
      advance(count)
    }
    (lines, head) = ([], 0)
    return .drained
  }

  private mutating func advance(_ count: Int) {
    byteCount -= count
    written += count
    guard written == lines[head].count else { return }
    lines[head] = []
    (head, written) = (head + 1, 0)
  }
}
