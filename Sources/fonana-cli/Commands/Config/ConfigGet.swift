import ArgumentParser
import ControlProtocol
import FonanaCore

struct ConfigGet: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "One setting.",
    discussion: "Example:  fonana config get sync.mode --origin")

  @Argument(help: "The setting's key.")
  var key: String

  @Flag(help: "Say where the value comes from too.")
  var origin = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let settings = try DaemonTool(context).settings().settings
    guard let setting = settings.first(where: { $0.key == key }) else {
      let near = Spelling.nearest(to: key, among: settings.map(\.key))
      throw FonanaError(
        .invalidInput, "There is no setting “\(DisplayText.line(key, limit: 40))”.",
        hint: near.map { "Did you mean “\($0)”?" } ?? "Type “fonana config list”.")
    }
    if origin, !context.output.isJSON {
      try context.output.render(
        Done("\(setting.text(context.output.style))\t\(setting.origin.rawValue)", setting))
    } else {
      try context.output.render(setting)
    }
    return .done
  }
}
