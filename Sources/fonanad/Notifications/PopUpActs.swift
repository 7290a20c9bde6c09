import ControlProtocol
import FonanaCore
import FoundationEssentials
import Logging
import SyncEngine

/// Does what a person has chosen on a pop-up.
struct PopUpActs: Sendable {
  let context: DaemonContext
  /// nil: replies are not offered.
  let dialog: ReplyDialog?
  let logger: Logger

  func perform(_ choice: PopUpChoice) async {
    do throws(FonanaError) {
      switch choice.action {
      case .markRead: try await markRead(choice.conversation)
      case .reply: try await reply(choice)
      }
    } catch {
      logger.warning(
        "What was chosen on a pop-up could not be done.",
        metadata: ["action": "\(choice.action.rawValue)", "reason": "\(error.message)"])
    }
  }

  private func markRead(_ id: ConversationID) async throws(FonanaError) {
    let request = ConversationReadRequest(who: id.rawValue, unreadOnly: true)
    _ = try await ReadHandler(context: context).read(id, request)
  }

  /// Who has answered has read.
  private func reply(_ choice: PopUpChoice) async throws(FonanaError) {
    guard let text = await dialog?.ask(title: "Reply to \(choice.title)") else { return }
    let request = SendRequest(
      cid: ClientID(UUID().uuidString.lowercased()), to: choice.conversation.rawValue,
      content: text, wait: .no)
    try SendCheck.check(request)
    _ = try await context.loggedInAccount()
    let recipient = try await RecipientSearch(context: context).find(request.to, createNew: false)
    _ = try await context.engine.enqueue(
      OutboxItem(
        cid: request.cid, recipient: recipient, content: text, state: .queued,
        queuedAt: SystemClock.wall))
    try await markRead(choice.conversation)
  }
}
