import ControlProtocol
import FonanaCore
import FoundationEssentials

/// How often the daemon was started, and how it ended the last time. A small file keeps it; that
/// it is lost harms nothing.
struct RunHistory: Codable, Sendable, Equatable {
  var restarts = 0
  /// `stopped`, `failed: …`, or `crashed` when no end was noted.
  var lastExit: String?
  /// Of the run that this file was last written by; nil at an orderly end.
  var isRunning = false

  /// Notes a start and tells what was before.
  static func begin(_ path: String) -> RunHistory {
    var history = read(path)
    if let known = history {
      history?.restarts += 1
      if known.isRunning { history?.lastExit = "crashed" }
    }
    var current = history ?? RunHistory()
    current.isRunning = true
    current.write(path)
    return current
  }

  func end(_ path: String, as exit: String) {
    var next = self
    (next.isRunning, next.lastExit) = (false, exit)
    next.write(path)
  }

  private static func read(_ path: String) -> RunHistory? {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    return try? JSONDecoder().decode(RunHistory.self, from: data)
  }

  private func write(_ path: String) {
    guard let bytes = try? ControlJSON.encode(self) else { return }
    try? AtomicFile.write(bytes, to: path)
  }
}
