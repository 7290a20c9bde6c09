import ControlProtocol
import Glibc

/// Shows a long text page by page: `FONANA_PAGER`, else `PAGER`, else `less`.
struct Pager {
  private let command: String
  private let environment: [String: String]
  private let width: Int
  private let height: Int

  /// nil: `FONANA_PAGER` or `PAGER` is empty or `cat`.
  init?(_ environment: [String: String], width: Int, height: Int) {
    let command = environment["FONANA_PAGER"] ?? environment["PAGER"] ?? "less"
    guard !command.isEmpty, command != "cat" else { return nil }
    self.command = command
    (self.width, self.height) = (width, height)
    self.environment = environment.merging(["LESS": "FRX"]) { mine, _ in mine }
  }

  /// Colours count as well, so that `less` may find that it all fits, and ends at once.
  func wants(_ text: String) -> Bool {
    var rows = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      rows += max(1, (DisplayWidth.of(String(line)) + width - 1) / width)
      if rows >= height { return true }
    }
    return false
  }

  /// False when the pager could not be started.
  func show(_ text: String) -> Bool {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    let child = try? ChildProcess(
      "/bin/sh", ["-c", command], environment: environment, input: .descriptor(ends[0]))
    close(ends[0])
    guard let child else {
      close(ends[1])
      return false
    }
    // Ctrl-C is the pager's: the terminal is to be as it was when it ends.
    signal(SIGINT, SIG_IGN)
    send(text + "\n", to: ends[1])
    close(ends[1])
    return child.waitForExit() != 127
  }

  /// A reader that quits early closes its end: then the rest is not wanted.
  private func send(_ text: String, to pipe: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = write(pipe, rest.baseAddress, rest.count)
        if count <= 0 { break }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
    }
  }
}
