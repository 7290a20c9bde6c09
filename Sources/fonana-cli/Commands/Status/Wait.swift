import ArgumentParser
import ControlProtocol
import FonanaCore

extension WaitRequest.Goal: ExpressibleByArgument {}

struct Wait: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Wait until something is reached, for scripts and units.",
    discussion: "Example:  fonana wait --for drained --timeout 5m")

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("reachable, connected, synced, drained or asked.", valueName: "goal"))
  var goal: WaitRequest.Goal

  @Option(help: ArgumentHelp("Give up after this time.", valueName: "duration"))
  var timeout: String?

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let limit =
      if let timeout { Optional(try DurationArgument.parse(timeout)) } else {
        Duration?.none
      }
    // Not asked again: whoever has stopped the daemon does not want it back.
    let result = try context.connect().call(
      Calls.wait, WaitRequest(for: goal, timeoutSeconds: limit?.inSeconds),
      patience: limit.map { $0 + .seconds(10) })
    let status: ExitStatus = result.reached ? .done : .failed
    try context.output.render(result, endingAs: status)
    return status
  }
}
