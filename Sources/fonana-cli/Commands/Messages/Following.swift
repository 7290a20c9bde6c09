import ControlProtocol
import FonanaCore

/// `read --follow`: what is there, then what comes.
final class Following {
  private let request: ConversationReadRequest
  private let context: Context
  private var shown: Set<MessageID> = []
  private var conversation: ConversationID?
  /// Own messages that are older are of a history that is just being fetched.
  private var begin: Timestamp?

  init(_ request: ConversationReadRequest, _ context: Context) {
    self.request = request
    self.context = context
  }

  func run() throws(FonanaError) -> ExitStatus {
    // Subscribed before the first read, so that nothing falls in between.
    let feed = EventFeed(context, SubscribeRequest())
    try feed.open()
    let first = try context.call(Calls.read, request, patience: .seconds(60))
    conversation = first.conversation?.id
    begin =
      first.messages.compactMap(\.createdAt).max() ?? first.conversation?.lastMessage?.createdAt
    try show(first.messages)
    context.output.remark(reading: first)
    while true {
      let event = try feed.next()
      // An update is of what was shown, or of what is older than that: of a tick, of a whole text.
      guard case .message(let message) = event.data, event.event.kind != .messageUpdated,
        message.conversationId == conversation, !isHistory(message)
      else { continue }
      try show(try messages(after: message))
    }
  }

  private func isHistory(_ message: MessageInfo) -> Bool {
    guard message.isOwn, let begin, let time = message.createdAt else { return false }
    return time < begin
  }

  /// Other people's messages are fetched whole, which ticks them: a person is reading. One that was
  /// read elsewhere meanwhile is shown all the same.
  private func messages(after message: MessageInfo) throws(FonanaError) -> [MessageInfo] {
    guard !message.isOwn, !request.peek else { return [message] }
    let unread = ConversationReadRequest(who: request.who, unreadOnly: true)
    let read = try context.call(Calls.read, unread, patience: .seconds(60)).messages
    return read.contains { $0.id == message.id } ? read : [message] + read
  }

  private func show(_ messages: [MessageInfo]) throws(FonanaError) {
    for message in messages {
      if let id = message.id, !shown.insert(id).inserted { continue }
      try context.output.render(FollowedMessage(message: message))
    }
  }
}

/// A message as one line of a stream.
struct FollowedMessage: Renderable {
  let message: MessageInfo
  func encode(to encoder: any Encoder) throws { try message.encode(to: encoder) }
  func text(_ style: TextStyle) -> String { message.line(style) }
}
