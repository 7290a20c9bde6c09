import ArgumentParser
import ControlProtocol
import FonanaCore

struct NotifySnooze: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "No pop-ups for a while; 0s ends it.",
    discussion: "Example:  fonana notify snooze 2h")

  @Argument(help: "How long: 90s, 5m, 2h or 3d.")
  var time: String

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let request = NotifyRequest(snoozeSeconds: try DurationArgument.parse(time).inSeconds)
    try context.output.render(try context.call(Calls.notify, request))
    return .done
  }
}
