import ArgumentParser
import ControlProtocol
import FonanaCore

struct ConfigList: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All settings with their origin.",
    discussion: "Example:  fonana config list")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try DaemonTool(context).settings())
    return .done
  }
}
