import FonanaCore
import SyncEngine

extension DaemonContext {
  /// A list that is younger is not asked for again, when it has come since the start.
  static let freshAge = Duration.seconds(5)
  /// An account whose list has never come would look empty.
  private static let firstPatience = Duration.seconds(10)

  /// Asks for the list when the server answers and the last one is older than `age`; `orStarts`:
  /// also when nothing was heard from it in the daemon's first second.
  func refreshList(
    within patience: Duration, unlessOf age: Duration = freshAge, orStarts: Bool = false
  ) async {
    guard let status = try? await status(), status.token == .valid,
      status.isServerReachable || orStarts && status.isFirstSignAwaited
    else { return }
    guard let last = status.lastListAt else {
      _ = await engine.refreshList(patience: max(patience, Self.firstPatience))
      return
    }
    let isNew = last >= startedAt && SystemClock.wall - last < age
    if !isNew { _ = await engine.refreshList(patience: patience) }
  }
}
