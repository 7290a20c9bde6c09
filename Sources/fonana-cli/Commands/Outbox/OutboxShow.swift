import ArgumentParser
import ControlProtocol
import FonanaCore

struct OutboxShow: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One message with its story, also a week after it was sent.",
    discussion: "Example:  fonana outbox show 6f1c2b1e-7d7c-4a35-9f5e-0d1f4b7f9a10")

  @Argument(help: "The message's cid.")
  var cid: String

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let request = OutboxShowRequest(cid: ClientID(typed: cid))
    try context.output.render(try context.call(Calls.showOutbox, request), paged: true)
    return .done
  }
}
