import ArgumentParser
import ControlProtocol
import FonanaCore

struct DaemonLogLevel: FonanaCommand {
  enum Level: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error
  }

  static let configuration = CommandConfiguration(
    commandName: "log-level", abstract: "Change what the running daemon logs.",
    discussion: "Example:  fonana daemon log-level debug")

  @Argument(help: "One of \(Level.allValueStrings.joined(separator: ", ")).")
  var level: Level

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let daemon = try context.connect(.never)
    try context.output.render(
      try daemon.call(Calls.setLogLevel, LogLevelRequest(level: level.rawValue)))
    return .done
  }
}
