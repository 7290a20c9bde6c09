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
    /// Asked for at the first pop-up.
    var abilities: Abilities?
    /// The service's numbers of the pop-ups that were shown, for those to come in their place.
    var numbers: [ConversationID: UInt32] = [:]
  }

  static let limit = Duration.seconds(5)
  private static let rest = Duration.seconds(300)
  private static let mostNumbers = 200
  private static let passed = [
    "PATH", "HOME", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR", "LANG", "LC_ALL",
  ]

  let program: String
  let environment: [String: String]
  private let logger: Logger
  private let state = Mutex(State())

  init(program: String = "notify-send", environment: [String: String], logger: Logger) {
    self.program = program
    self.environment = environment.filter { Self.passed.contains($0.key) }
    self.logger = logger
  }

  static func arguments(
    _ notification: DesktopNotification, _ abilities: Abilities, inPlaceOf number: UInt32? = nil
  ) -> [String] {
    var options = ["--app-name=fonana", "--urgency=\(notification.urgency.rawValue)"]
    if abilities.replaces {
      options.append("--print-id")
      if let number { options.append("--replace-id=\(number)") }
    }
    let body = abilities.readsMarkup ? escape(notification.body) : notification.body
    return options + ["--", notification.title, body]
  }

  func show(_ notification: DesktopNotification) async -> Bool {
    let now = SystemClock.boot
    guard state.withLock({ $0.restsUntil.map { $0 <= now } ?? true }) else { return false }
    let abilities = await knownAbilities()
    let number = notification.conversationID.flatMap { id in state.withLock { $0.numbers[id] } }
    let answer = await SystemProgram.run(
      program, Self.arguments(notification, abilities, inPlaceOf: number), environment,
      within: Self.limit)
    switch answer?.isSuccess {
    case true?: succeeded(notification.conversationID, answer?.output)
    case false?: failed("it failed")
    case nil: failed("it can't be started, or took too long")
    }
    return answer?.isSuccess == true
  }

  func close(_ conversation: ConversationID) async {
    guard let number = state.withLock({ $0.numbers.removeValue(forKey: conversation) }) else {
      return
    }
    await closePopUp(number)
  }

  private func knownAbilities() async -> Abilities {
    if let known = state.withLock({ $0.abilities }) { return known }
    let abilities = await askAbilities()
    state.withLock { $0.abilities = abilities }
    return abilities
  }

  private func succeeded(_ conversation: ConversationID?, _ output: String?) {
    let number = output.flatMap { UInt32($0.prefix { $0.isNumber }) }
    state.withLock { state in
      (state.failures, state.restsUntil) = (0, nil)
      if state.numbers.count >= Self.mostNumbers { state.numbers = [:] }
      if let conversation, let number { state.numbers[conversation] = number }
    }
  }

  private static func escape(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
  }

  /// Told once: a machine without a desktop is no error.
  private func failed(_ reason: String) {
    let isFirst = state.withLock { state in
      defer { state.hasWarned = true }
      state.failures += 1
      // The next service may be another.
      (state.abilities, state.numbers) = (nil, [:])
      if state.failures >= 3 { state.restsUntil = SystemClock.boot + Self.rest }
      return !state.hasWarned
    }
    if isFirst {
      logger.warning(
        "Desktop notifications can't be shown with \(program).", metadata: ["reason": "\(reason)"])
    }
  }
}
