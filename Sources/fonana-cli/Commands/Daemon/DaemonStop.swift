import ArgumentParser
import ControlProtocol
import FonanaCore

struct DaemonStop: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Stop the daemon; what waits is kept on disk.",
    discussion: "Example:  fonana daemon stop")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let wasRunning = try DaemonControl(context).stop()
    try context.output.render(
      Done(
        wasRunning ? "stopped" : "not running", StoppedDaemon(stopped: wasRunning)))
    return .done
  }
}
