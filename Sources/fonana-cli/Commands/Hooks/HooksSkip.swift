import ArgumentParser
import ControlProtocol
import FonanaCore

struct HooksSkip: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: "Give up the event that a hook fails at.",
    discussion: "Example:  fonana hooks skip archive")

  @Argument(help: "The hook's name.")
  var name: String

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try context.call(Calls.skipHook, ConsumerTarget(name: name)))
    return .done
  }
}
