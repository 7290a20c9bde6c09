import ArgumentParser
import ControlProtocol
import FonanaCore

struct OutboxHold: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Keep a message until it is released.",
    discussion: "Example:  fonana outbox hold 6f1c2b1e-7d7c-4a35-9f5e-0d1f4b7f9a10")

  @Argument(help: "The message's cid.")
  var cid: String

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let result = try context.call(Calls.hold, OutboxTarget(cid: ClientID(typed: cid)))
    try context.output.render(OutboxActReport(done: "held", result: result))
    return .done
  }
}
