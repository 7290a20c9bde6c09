import ArgumentParser
import ControlProtocol
import FonanaCore

struct NotificationsRead: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Mark notifications read: those named, or all.",
    discussion: "Example:  fonana notifications read")

  @Argument(help: "Ids of notifications.")
  var ids: [String] = []

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let request = NotificationReadRequest(
      ids: ids.isEmpty ? nil : ids.map { NotificationID($0) })
    try context.output.render(try context.call(Calls.readNotifications, request))
    return .done
  }
}
