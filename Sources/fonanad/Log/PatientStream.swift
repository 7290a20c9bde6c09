import Glibc

/// Lines for somebody who may not read them, such as a pager that waits, or a terminal after Ctrl-S:
/// what is not taken soon is left out, so that the daemon never waits for its reader.
struct PatientStream {
  /// Of a pipe that is ready, so much can be written without waiting (`PIPE_BUF`).
  private static let longest = 4096
  private static let patience: Int32 = 100  // ms

  let descriptor: Int32
  private var leftOut = 0

  init(descriptor: Int32) { self.descriptor = descriptor }

  mutating func write(_ line: String) {
    guard isReady(within: leftOut == 0 ? Self.patience : 0) else {
      leftOut += 1
      return
    }
    let gap = leftOut > 0 ? "(\(leftOut) lines were left out)\n" : ""
    leftOut = 0
    let text = TextPiece(of: gap + line, from: 0, limit: Self.longest - 1).text
    _ = FileBytes.writeAll(descriptor, Array((text + "\n").utf8))
  }

  /// A file always is, and one that is closed says so when it is written to.
  private func isReady(within milliseconds: Int32) -> Bool {
    var question = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&question, 1, milliseconds) != 0
  }
}
