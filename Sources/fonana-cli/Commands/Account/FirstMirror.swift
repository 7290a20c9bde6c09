import ControlProtocol
import FonanaCore
import Glibc

/// Shows at a terminal how the first mirror of an account grows.
struct FirstMirror {
  private static let limit = Duration.seconds(600)
  /// So long a daemon may take to begin.
  private static let start = Duration.seconds(2)

  private let context: Context
  init(_ context: Context) { self.context = context }

  /// Returns when the mirror is complete. What goes wrong here is no failure of the login: the
  /// daemon goes on without us.
  func showProgress() {
    guard StandardStream.error.isTerminal, !context.global.json,
      let daemon = try? context.connect(.never)
    else { return }
    let progress = ProgressLine()
    defer { progress.clear() }
    let began = ContinuousClock.now
    while began.duration(to: .now) < Self.limit {
      guard let status = try? daemon.call(Calls.status, NoParameters()) else { return }
      let isBegun = status.sync.state == .syncing || began.duration(to: .now) > Self.start
      if status.sync.state == .synced || (isBegun && status.sync.state == .behind) { return }
      progress.show(
        "Fetching: " + DisplayText.count(status.sync.conversations, "conversation") + ", "
          + DisplayText.count(status.sync.messages, "message") + "…")
      usleep(200_000)
    }
  }
}
