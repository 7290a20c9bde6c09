import ServiceLifecycle
import SyncEngine

/// Keeps the service manager informed while the daemon runs: what `systemctl --user status` shows,
/// and that the engine makes progress.
struct ServiceReporter: Service {
  let manager: ServiceManager?
  let engine: Engine

  func run() async throws {
    guard let manager else { return try await gracefulShutdown() }
    let changes = engine.changes()
    await withTaskCancellationOrGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        group.addTask { await feedWatchdog(of: manager) }
        await tellStatus(changes.stream, to: manager)
        group.cancelAll()
      }
    } onCancelOrGracefulShutdown: {
      manager.tell("STOPPING=1", "STATUS=stopping")
      changes.cancel()
    }
  }

  private func tellStatus(_ changes: AsyncStream<Void>, to manager: ServiceManager) async {
    var told = ""
    for await _ in changes {
      let text = Self.text(engine.status)
      if text != told { manager.tell("STATUS=\(text)") }
      told = text
    }
  }

  /// Three times in the manager's patience, so that one late turn is no reason for a restart.
  private func feedWatchdog(of manager: ServiceManager) async {
    guard let step = manager.watchdog.map({ $0 / 3 }) else { return }
    while true {
      let mark = engine.progressMark
      guard (try? await Task.sleep(for: step)) != nil else { return }
      if engine.hasProgressed(since: mark, within: step) { manager.tell("WATCHDOG=1") }
    }
  }

  /// Connection and queue; no names, since others of this machine may read it.
  static func text(_ status: EngineStatus) -> String {
    let connection = status.account == nil ? "not logged in" : status.connection.rawValue
    return switch status.waiting {
    case 0: "\(connection), nothing waits to be sent"
    case 1: "\(connection), 1 message waits to be sent"
    default: "\(connection), \(status.waiting) messages wait to be sent"
    }
  }
}
