import ArgumentParser
import ControlProtocol
import FonanaCore

struct OutboxSkip: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: "Let later messages pass one that is parked or held.",
    discussion: "Example:  fonana outbox skip 6f1c2b1e-7d7c-4a35-9f5e-0d1f4b7f9a10")

  @Argument(help: "The message's cid.")
  var cid: String

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let result = try context.call(Calls.skip, OutboxTarget(cid: ClientID(typed: cid)))
    try context.output.render(OutboxActReport(done: "passed over", result: result))
    return .done
  }
}
