import ArgumentParser
import ControlProtocol
import FonanaCore

struct OutboxList: PlainCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "What has not been delivered.",
    discussion: "Example:  fonana outbox list --json")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try Self.executePlainly(context)
  }

  static func executePlainly(_ context: Context) throws(FonanaError) -> ExitStatus {
    let listing = try context.call(Calls.listOutbox, NoParameters())
    try context.output.render(listing, paged: true)
    context.output.remark(listing.freshness)
    return .done
  }
}
