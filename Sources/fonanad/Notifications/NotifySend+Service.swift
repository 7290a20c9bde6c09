import FonanaCore

/// What the program `notify-send` can't do: asking the notification service what it understands,
/// and taking a pop-up away.
extension NotifySend {
  struct Abilities: Hashable, Sendable {
    /// It reads markup, so texts are escaped for it.
    var readsMarkup = true
    /// This `notify-send` can put one pop-up in the place of another.
    var replaces = false
    /// Both it and the service let a person choose something on a pop-up.
    var choices: [PopUpAction] = []
  }

  static func abilities(
    ofService answer: String?, ofProgram help: String?, canReply: Bool = false
  ) -> Abilities {
    let words = (answer ?? "").split { $0 == " " || $0.isNewline }
    let canChoose = words.contains("actions") && help?.contains("--action") == true
    return Abilities(
      // Without an answer the escaped text is the safe one.
      readsMarkup: answer?.contains("body-markup") ?? true,
      replaces: help?.contains("--replace-id") ?? false,
      choices: canChoose ? (canReply ? [.reply, .markRead] : [.markRead]) : [])
  }

  func askAbilities() async -> Abilities {
    let answer = await callService(["--print-reply=literal"], "GetCapabilities")
    let help = await SystemProgram.run(program, ["--help"], environment, within: Self.limit)
    return Self.abilities(ofService: answer?.output, ofProgram: help?.output, canReply: canReply)
  }

  func closePopUp(_ number: UInt32) async {
    _ = await callService([], "CloseNotification", "uint32:\(number)")
  }

  private func callService(_ options: [String], _ words: String...) async -> SystemProgram.Answer? {
    let method = "org.freedesktop.Notifications." + (words.first ?? "")
    let arguments =
      ["--session", "--type=method_call"] + options
      + ["--dest=org.freedesktop.Notifications", "/org/freedesktop/Notifications", method]
      + words.dropFirst()
    let answer = await SystemProgram.run("dbus-send", arguments, environment, within: Self.limit)
    return answer?.isSuccess == true ? answer : nil
  }
}
