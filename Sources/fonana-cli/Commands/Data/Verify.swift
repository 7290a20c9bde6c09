import ArgumentParser
import ControlProtocol
import FonanaCore

struct Verify: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare the mirror with the server.",
    discussion: """
      Examples:  fonana verify
                 fonana verify alice --deep

      Asks for the list of conversations, which marks nothing read, and compares last messages and \
      unread counts. --deep fetches every message, which marks it read. What differs changes \
      nothing here; only conversations with unread messages are fetched as for read, which is \
      compared with what was here before. Exits with 0 when both are equal, with 1 when they differ \
      or the server can't be asked.
      """)

  @Argument(help: "Whose conversation; without it, all.", completion: Names.completion)
  var who: String?

  @Flag(help: "Compare every message; the other side gets a read tick.")
  var deep = false

  @Flag(help: "With --deep: don't ask.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    if deep { try confirm(context) }
    let result = try context.call(
      Calls.verify, VerifyRequest(who: who, deep: deep), patience: .seconds(deep ? 3600 : 150))
    let status: ExitStatus = result.differences.isEmpty ? .done : .failed
    try context.output.render(result, endingAs: status)
    return status
  }

  private func confirm(_ context: Context) throws(FonanaError) {
    guard !yes else { return }
    let what = who.map { "the conversation with “\($0)”" } ?? "all conversations"
    guard context.canAsk, Prompt.confirm("Mark \(what) read, in order to compare every message?")
    else {
      throw FonanaError(
        .invalidInput, "Nothing was compared: --deep needs a yes.",
        hint: "Answer “y”, add --yes, or leave --deep out.")
    }
  }
}

extension VerifyResult: Renderable {
  func text(_ style: TextStyle) -> String {
    let what =
      DisplayText.count(conversations, "conversation")
      + (deep ? " with " + DisplayText.count(messages, "message") : ", by the server's list")
      + (forgotten == 0 ? "" : "; \(forgotten) more were forgotten here")
    guard !differences.isEmpty else { return "equal: \(what)" }
    return (differences.map(\.sentence) + ["differs: \(what)"]).joined(separator: "\n")
  }
}

extension VerifyDifference {
  var sentence: String { "\(DisplayText.line(who, limit: 24)): \(fact)" }

  private var fact: String {
    let message = messageId.map { DisplayText.line($0.rawValue, limit: 40) } ?? "?"
    let (server, here) = (server ?? "none", here ?? "none")
    return switch kind {
    case .notHere: "the conversation is at the server, and not here"
    case .notAtServer: "the conversation is here, and not at the server"
    case .unread: "\(server) unread at the server, \(here) here"
    case .lastMessage:
      "the last message is \(DisplayText.line(server, limit: 40)) at the server, "
        + "\(DisplayText.line(here, limit: 40)) here"
    case .messageNotHere: "message \(message) is at the server, and not here, or not whole"
    case .messageNotAtServer: "message \(message) is here, and not at the server"
    case .text: "message \(message) has another text here"
    case .notFetched:
      server == "1"
        ? "1 message has not been fetched yet" : "\(server) messages have not been fetched yet"
    }
  }
}
