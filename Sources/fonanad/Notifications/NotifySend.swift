import FonanaCore
import Logging
import Subprocess
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
    do {
      let isShown = try await run(Self.arguments(notification))
      isShown ? succeeded() : failed("it failed or took too long")
    } catch {
      failed("it can't be started")
    }
  }

  private func run(_ arguments: [String]) async throws -> Bool {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .milliseconds(500))]
    let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    let configuration = Configuration(
      executable: .name(program),
      arguments: Arguments(arguments),
      environment: .custom(Dictionary(variables) { $1 }),
      platformOptions: options)
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        let result = try? await Subprocess.run(
          configuration, input: .none, output: .discarded, error: .discarded)
        return result?.terminationStatus.isSuccess ?? false
      }
      group.addTask {
        try? await Task.sleep(for: Self.limit)
        return false
      }
      // Cancelling ends the program by its teardown sequence.
      let first = await group.next() ?? false
      group.cancelAll()
      return first
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
