import ArgumentParser
import ControlProtocol
import FonanaCore

struct OutboxEdit: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change the text of a message that is not on its way yet.",
    discussion: "Example:  fonana outbox edit 6f1c2b1e-7d7c-4a35-9f5e-0d1f4b7f9a10 New text")

  @Argument(help: "The message's cid.")
  var cid: String

  @Argument(help: "The new text; “-” reads it from stdin.")
  var text: [String]

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let target = OutboxTarget(cid: ClientID(typed: cid), content: try content())
    let result = try context.call(Calls.edit, target)
    try context.output.render(OutboxActReport(done: "changed", result: result))
    return .done
  }

  private func content() throws(FonanaError) -> String? {
    let typed =
      if MessageContent.isOnStandardInput(text) {
        try MessageContent.text(
          from: try StandardInput.read(limit: MessageContent.byteLimit + 1))
      } else {
        text.joined(separator: " ")
      }
    return try MessageContent.validated(typed, isOptional: false)
  }
}
