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
  /// What a person has chosen goes there.
  let onChoice: @Sendable (PopUpChoice) async -> Void
  /// A reply can be typed.
  let canReply: Bool
  let waits = PopUpWaits()
  private let logger: Logger
  private let state = Mutex(State())

  init(
    program: String = "notify-send", environment: [String: String], logger: Logger,
    canReply: Bool = false, onChoice: @escaping @Sendable (PopUpChoice) async -> Void = { _ in }
  ) {
    self.program = program
    self.environment = Self.desktop(environment)
    (self.logger, self.canReply, self.onChoice) = (logger, canReply, onChoice)
  }

  /// What a program of the desktop needs.
  static func desktop(_ environment: [String: String]) -> [String: String] {
    environment.filter { passed.contains($0.key) }
  }

  static func arguments(
    _ notification: DesktopNotification, _ abilities: Abilities, inPlaceOf number: UInt32? = nil
  ) -> [String] {
    var options = ["--app-name=fonana", "--urgency=\(notification.urgency.rawValue)"]
    if abilities.replaces {
      options.append("--print-id")
      if let number { options.append("--replace-id=\(number)") }
      if notification.conversationID != nil {
        options += abilities.choices.map { "--action=\($0.rawValue)=\($0.label)" }
      }
    }
    let body = abilities.readsMarkup ? escape(notification.body) : notification.body
    return options + ["--", notification.title, body]
  }

  func show(_ notification: DesktopNotification) async -> Bool {
    let now = SystemClock.boot
    guard state.withLock({ $0.restsUntil.map { $0 <= now } ?? true }) else { return false }
    let abilities = await knownAbilities()
    let number = notification.conversationID.flatMap { id in state.withLock { $0.numbers[id] } }
    let arguments = Self.arguments(notification, abilities, inPlaceOf: number)
    if abilities.replaces, !abilities.choices.isEmpty, let id = notification.conversationID {
      let shown = await showWithChoice(arguments, notification.title, in: id)
      if let shown { succeeded(id, "\(shown)") } else { failed("it gave no number") }
      return shown != nil
    }
    let answer = await SystemProgram.run(program, arguments, environment, within: Self.limit)
    switch answer?.isSuccess {
    case true?: succeeded(notification.conversationID, answer?.output)
    case false?: failed("it failed")
    case nil: failed("it can't be started, or took too long")
    }
    return answer?.isSuccess == true
  }

  func end() async { await waits.end() }

  func close(_ conversation: ConversationID) async {
    waits.drop(conversation)
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
