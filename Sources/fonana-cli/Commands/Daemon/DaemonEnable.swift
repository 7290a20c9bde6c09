import ArgumentParser
import ControlProtocol
import FonanaCore

struct DaemonEnable: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Run the daemon as a service, now and after every login.",
    discussion: "Example:  fonana daemon enable")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try UserService(context).enable())
    return .done
  }
}
