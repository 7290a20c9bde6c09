import ControlProtocol
import FonanaCore

extension MessageInfo {
  /// `14:49  alice: Hello`, with its state when it has not arrived.
  func line(_ style: TextStyle) -> String {
    let time = style.dim(style.time(createdAt ?? queuedAt))
    let name = style.bold(author)
    let text = MessageLine(message: self).body(indent: "    ")
    return "\(time)  \(name)\(mark(style)): \(text)"
  }

  var author: String {
    isOwn ? "me" : DisplayText.line(sender ?? senderId?.rawValue ?? "?", limit: 60)
  }

  private func mark(_ style: TextStyle) -> String {
    switch state {
    case .received: isUnread ? style.cyan(" (new)") : ""
    case .sent: isRead ? style.dim(" (read)") : ""
    default: style.yellow(" (\(state.rawValue))")
    }
  }
}

/// One message with everything that is known of it.
struct MessageDetail: Renderable {
  let message: MessageInfo

  func encode(to encoder: any Encoder) throws { try message.encode(to: encoder) }

  func text(_ style: TextStyle) -> String {
    var facts = Facts()
    facts.add("id", message.id?.rawValue)
    facts.add("cid", message.cid?.rawValue)
    facts.add("conversation", message.conversationId?.rawValue)
    facts.add("from", message.author)
    facts.add("created", message.createdAt.map(style.time))
    facts.add("queued", message.queuedAt.map(style.time))
    facts.add("state", message.state.rawValue)
    facts.add("price", message.price.map(MessageLine.sol))
    return facts.text(style) + "\n\n" + MessageLine(message: message).body(indent: "")
  }
}
