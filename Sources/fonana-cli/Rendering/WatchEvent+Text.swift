import ControlProtocol
import FonanaCore

extension WatchEvent: Renderable {
  /// Empty for heartbeats.
  func text(_ style: TextStyle) -> String {
    guard let text = description(style) else { return "" }
    let stamp = style.isTerminal ? String(style.zone.minuteText(at).suffix(5)) : style.time(at)
    return "\(style.dim(stamp))  \(text)\(replayed ? style.dim(" (earlier)") : "")"
  }

  private func description(_ style: TextStyle) -> String? {
    switch data {
    case .message(let message): verb + message.lineWithoutTime(style)
    case .outbox(let change):
      "outbox: \(change.cid) \(change.item.map { "is \($0.state.rawValue)" } ?? "has left")"
    case .conversation(let conversation):
      "conversation: \(conversation.participant.shownName(limit: 40)), "
        + "\(conversation.unread) unread"
    case .notification(let notification):
      "notification: \(DisplayText.line(notification.title, limit: 200)) "
        + DisplayText.line(notification.message, limit: 500)
    case .connection(let change):
      "connection: \(change.state.rawValue)"
        + (change.error.map { " (\(DisplayText.line($0.message)))" } ?? "")
    case .token(let change): "token: new, until \(style.time(change.expiresAt))"
    case .progress(let progress): progress.line
    case .lost(let lost): "lost: \(lost.sentence)"
    case .other: event == .heartbeat ? nil : DisplayText.line(event.rawValue, limit: 60)
    }
  }

  private var verb: String {
    switch event.kind {
    case .messageSent: "sent: "
    case .messageUpdated: "updated: "
    default: ""
    }
  }
}

extension MessageInfo {
  fileprivate func lineWithoutTime(_ style: TextStyle) -> String {
    "\(style.bold(author)): \(MessageLine(message: self).body(indent: "    "))"
  }
}

extension LostEvents {
  var sentence: String {
    "\(count) event\(count == 1 ? "" : "s") (cursor \(first) to \(last)) came before this name was "
      + "there again and \(count == 1 ? "is" : "are") not kept any more"
  }
}

extension SyncProgress {
  var line: String {
    "sync: \(state.rawValue), \(conversationsDone) of "
      + DisplayText.count(conversationsTotal, "conversation") + ", "
      + DisplayText.count(messages, "message")
  }
}
