import ArgumentParser
import ControlProtocol
import FonanaCore

struct ConfigPath: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Where the configuration file is.",
    discussion: "Example:  $EDITOR \"$(fonana config path)\"")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let path = context.paths.configurationFile
    try context.output.render(Done(path, FilePath(path: path)))
    return .done
  }
}

struct FilePath: Codable {
  var path: String
}
