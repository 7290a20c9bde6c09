import ArgumentParser
import ControlProtocol
import FonanaCore

struct Inbox: PlainCommand {
  static let configuration = CommandConfiguration(
    abstract: "Conversations, newest first.", discussion: "Example:  fonana inbox --unread")

  @Flag(help: "Only those with unread messages.")
  var unread = false

  @Flag(help: "Of all profiles on this machine.")
  var allProfiles = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    guard allProfiles else { return try Self.show(unread, context) }
    try context.requireProfiles()
    let all = AllProfiles(
      asking: Calls.listConversations, ConversationListRequest(unreadOnly: unread), context)
    try context.output.render(all, paged: true)
    return all.status
  }

  static func executePlainly(_ context: Context) throws(FonanaError) -> ExitStatus {
    try show(false, context)
  }

  private static func show(
    _ unreadOnly: Bool, _ context: Context
  ) throws(FonanaError) -> ExitStatus {
    let request = ConversationListRequest(unreadOnly: unreadOnly)
    let inbox = try context.call(Calls.listConversations, request, showsNews: true)
    try context.output.render(inbox, paged: true)
    var freshness = inbox.freshness
    freshness.gaps = 0  // what is unread is not fetched yet, and that is as it should be
    context.output.remark(freshness)
    return .done
  }
}
