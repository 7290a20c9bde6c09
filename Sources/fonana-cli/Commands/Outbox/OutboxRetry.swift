import ArgumentParser
import ControlProtocol
import FonanaCore

struct OutboxRetry: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Try a message again now.",
    discussion: "Example:  fonana outbox retry --all")

  @Argument(help: "The message's cid.")
  var cid: String?

  @Flag(help: "All messages but those that the server may have already.")
  var all = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if (cid == nil) != all { throw ValidationError("name a cid or give --all") }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let target = OutboxTarget(cid: cid.map(ClientID.init(typed:)))
    let result = try context.call(Calls.retry, target)
    try context.output.render(OutboxActReport(done: "to be tried again", result: result))
    return .done
  }
}
