import FonanaCore
import SyncEngine

extension DaemonContext {
  /// A list that is younger is not asked for again.
  private static let freshAge = Duration.seconds(5)

  /// Asks for the list when the server can be reached and the last one is not of just now.
  func refreshList(within patience: Duration) async {
    let status = engine.status
    guard status.isServerReachable, status.token == .valid else { return }
    if let last = status.lastListAt, SystemClock.wall - last < Self.freshAge { return }
    _ = await engine.refreshList(patience: patience)
  }
}
