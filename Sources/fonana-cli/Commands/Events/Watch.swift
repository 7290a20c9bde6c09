import ArgumentParser
import ControlProtocol
import FonanaCore

struct Watch: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print events as they happen.",
    discussion: """
      Example:  fonana watch --json | jq -r 'select(.event == "message.received").data.content'

      Watching marks nothing read; long texts may be cut unless --full is given, which fetches \
      (and so ticks) them.
      """)

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Go on where this name stopped.", valueName: "name"))
  var name: String?

  @Flag(help: "Fetch (and so mark read) messages, so that no text is cut.")
  var full = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let feed = EventFeed(context, SubscribeRequest(name: name, full: full))
    try feed.open()
    while true { try context.output.render(try feed.next()) }
  }
}
