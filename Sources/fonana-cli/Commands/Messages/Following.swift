import ControlProtocol
import FonanaCore

/// `read --follow`: what is there, then what comes.
final class Following {
  private let request: ConversationReadRequest
  private let context: Context
  private var shown: Set<MessageID> = []
  private var conversation: ConversationID?

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
    try show(first.messages)
    context.output.remark(reading: first)
    while true {
      let event = try feed.next()
      // An update is of what was shown, or of what is older than that: of a tick, of a whole text.
      guard case .message(let message) = event.data, event.event.kind != .messageUpdated,
        message.conversationId == conversation
      else { continue }
      try show(try messages(after: message))
    }
  }

  /// Other people's messages are fetched whole, which ticks them: a person is reading.
  private func messages(after message: MessageInfo) throws(FonanaError) -> [MessageInfo] {
    guard !message.isOwn, !request.peek else { return [message] }
    let unread = ConversationReadRequest(who: request.who, unreadOnly: true)
    return try context.call(Calls.read, unread, patience: .seconds(60)).messages
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
