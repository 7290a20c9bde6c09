import ArgumentParser
import ControlProtocol
import FonanaCore

struct NotifyTest: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Show one pop-up, as a message would.",
    discussion: "Example:  fonana notify test")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let result = try context.call(
      Calls.notify, NotifyRequest(test: true), patience: .seconds(30))
    let status: ExitStatus = result.shown == true ? .done : .failed
    try context.output.render(result, endingAs: status)
    return status
  }
}
