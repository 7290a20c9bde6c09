import ArgumentParser
import ControlProtocol
import FonanaCore

struct DaemonStart: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start the daemon, if it does not run.",
    discussion: "Example:  fonana daemon start")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try DaemonControl(context).start())
    return .done
  }
}
