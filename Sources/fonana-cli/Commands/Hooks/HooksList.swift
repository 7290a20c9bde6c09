import ArgumentParser
import ControlProtocol
import FonanaCore

struct HooksList: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The hooks of the configuration, and how they do.",
    discussion: "Example:  fonana hooks")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try context.call(Calls.listHooks, NoParameters()))
    return .done
  }
}
