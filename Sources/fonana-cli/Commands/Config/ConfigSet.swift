import ArgumentParser
import ControlProtocol
import FonanaCore

struct ConfigSet: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change a setting in the file.",
    discussion: "Example:  fonana config set sync.mode eager")

  @Argument(help: "The setting's key.")
  var key: String

  @Argument(help: "Its new value.")
  var value: String

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    _ = try DaemonTool(context).run(["config", "set", "--", key, value])
    try context.output.render(
      Done("\(key) = \(DisplayText.line(value))", ChangedSetting(key: key, value: value)))
    if !context.output.isJSON, try context.launcher.running() != nil {
      context.output.note("It takes effect with “fonana daemon restart”.")
    }
    return .done
  }
}

struct ChangedSetting: Codable {
  var key: String
  var value: String
}
