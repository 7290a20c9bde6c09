import FonanaCore
import SyncEngine

extension DaemonContext {
  /// A list that is younger is not asked for again.
  private static let freshAge = Duration.seconds(5)
  /// An account whose list has never come would look empty.
  private static let firstPatience = Duration.seconds(10)

  /// Asks for the list when the server can be reached and the last one is not of just now.
  func refreshList(within patience: Duration) async {
    let status = engine.status
    guard status.isServerReachable, status.token == .valid else { return }
    guard let last = status.lastListAt else {
      _ = await engine.refreshList(patience: max(patience, Self.firstPatience))
      return
    }
    if SystemClock.wall - last >= Self.freshAge { _ = await engine.refreshList(patience: patience) }
  }
}
