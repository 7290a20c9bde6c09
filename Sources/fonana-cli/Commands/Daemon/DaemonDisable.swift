import ArgumentParser
import ControlProtocol
import FonanaCore

struct DaemonDisable: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Stop the service and start it no more.",
    discussion: "Example:  fonana daemon disable")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try UserService(context).disable())
    return .done
  }
}
