import ControlProtocol
import FonanaCore

/// Asks before several conversations get a read tick at once.
struct ReadConsent {
  private let request: ConversationReadRequest
  private let context: Context

  init(_ request: ConversationReadRequest, _ context: Context) {
    self.request = request
    self.context = context
  }

  func ask() throws(FonanaError) {
    guard request.who == nil, !request.all, !request.peek, context.canAsk else { return }
    let unread = ConversationListRequest(unreadOnly: true)
    let inbox = try context.call(Calls.listConversations, unread, showsNews: true)
    let names = inbox.conversations.prefix(10).map { $0.participant.shownName(limit: 24) }
    guard names.count > 1 else { return }
    let question =
      "This marks \(names.count) conversations read "
      + "(\(names.joined(separator: ", "))). Go on?"
    guard Prompt.confirm(question) else {
      throw FonanaError(
        .conflict, "Nothing was marked read.", hint: "Name one: “fonana read WHO”, or use --peek.")
    }
  }
}
