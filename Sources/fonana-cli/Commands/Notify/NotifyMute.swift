import ArgumentParser
import ControlProtocol
import FonanaCore

struct NotifyMute: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "mute", abstract: "No pop-ups for somebody's messages, or again with --off.",
    discussion: "Example:  fonana notify mute @alice")

  @Argument(help: "A nickname.", completion: Names.completion)
  var who: String

  @Flag(help: "Let them pop up again.")
  var off = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let request = NotifyRequest(mute: off ? nil : who, unmute: off ? who : nil)
    try context.output.render(try context.call(Calls.notify, request))
    return .done
  }
}
