import ArgumentParser
import ControlProtocol
import FonanaCore

struct Inbox: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Conversations, newest first.", discussion: "Example:  fonana inbox --unread")

  @Flag(help: "Only those with unread messages.")
  var unread = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let inbox = try context.call(
      Calls.listConversations, ConversationListRequest(unreadOnly: unread))
    try context.output.render(inbox, paged: true)
    context.output.remark(inbox.freshness)
    return .done
  }
}
