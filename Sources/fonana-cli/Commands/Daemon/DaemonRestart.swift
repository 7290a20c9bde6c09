import ArgumentParser
import ControlProtocol
import FonanaCore

struct DaemonRestart: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "restart", abstract: "Stop the daemon and start it again.",
    discussion: "Example:  fonana daemon restart")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let control = DaemonControl(context)
    // With a broken configuration nothing would come after the daemon that runs.
    _ = try DaemonTool(context).run(["--check"])
    _ = try control.stop()
    try context.output.render(try control.start())
    return .done
  }
}
