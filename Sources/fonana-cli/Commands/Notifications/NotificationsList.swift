import ArgumentParser
import ControlProtocol
import FonanaCore

struct NotificationsList: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The platform's notifications, newest first.",
    discussion: "Example:  fonana notifications list --unread")

  @Flag(help: "Only unread ones.")
  var unread = false

  @Option(
    name: [.customShort("n", allowingJoined: true), .customLong("limit")],
    help: "At most this many.")
  var limit = 50

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("-n must be at least 1") }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let request = NotificationListRequest(unreadOnly: unread, limit: limit)
    let result = try context.call(Calls.listNotifications, request, showsNews: true)
    try context.output.render(result, paged: true)
    context.output.remark(result.freshness)
    return .done
  }
}
