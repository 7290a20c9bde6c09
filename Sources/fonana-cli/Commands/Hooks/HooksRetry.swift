import ArgumentParser
import ControlProtocol
import FonanaCore

struct HooksRetry: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Try a parked or failing hook again now.",
    discussion: "Example:  fonana hooks retry archive")

  @Argument(help: "The hook's name.")
  var name: String

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try context.call(Calls.retryHook, ConsumerTarget(name: name)))
    return .done
  }
}
