import FonanaCore
import Logging
import Synchronization

/// Shows pop-ups through the program `notify-send`.
///
/// The texts go as arguments behind `--`, without a shell and with few variables of the
/// environment. After failures it rests for five minutes, so that a desktop without a
/// notification service costs nothing.
final class NotifySend: NotificationPresenter {
  private struct State {
    var hasWarned = false
    var failures = 0
    var restsUntil: Duration?
  }

  private static let limit = Duration.seconds(5)
  private static let rest = Duration.seconds(300)
  private static let passed = [
    "PATH", "HOME", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR", "LANG", "LC_ALL",
  ]

  private let program: String
  private let environment: [String: String]
  private let logger: Logger
  private let state = Mutex(State())

  init(program: String = "notify-send", environment: [String: String], logger: Logger) {
    self.program = program
    self.environment = environment.filter { Self.passed.contains($0.key) }
    self.logger = logger
  }

  static func arguments(_ notification: DesktopNotification) -> [String] {
    ["--app-name=fonana", "--", notification.title, notification.body]
  }

  func show(_ notification: DesktopNotification) async {
    let now = SystemClock.boot
    guard state.withLock({ $0.restsUntil.map { $0 <= now } ?? true }) else { return }
    let answer = await SystemProgram.run(
      program, Self.arguments(notification), environment, within: Self.limit)
    switch answer?.isSuccess {
    case true?: succeeded()
    case false?: failed("it failed")
    case nil: failed("it can't be started, or took too long")
    }
  }

  private func succeeded() { state.withLock { ($0.failures, $0.restsUntil) = (0, nil) } }

  /// Told once: a machine without a desktop is no error.
  private func failed(_ reason: String) {
    let isFirst = state.withLock { state in
      defer { state.hasWarned = true }
      state.failures += 1
      if state.failures >= 3 { state.restsUntil = SystemClock.boot + Self.rest }
      return !state.hasWarned
    }
    if isFirst {
      logger.warning(
        "Desktop notifications can't be shown with \(program).", metadata: ["reason": "\(reason)"])
    }
  }
}
