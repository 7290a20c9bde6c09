import ControlProtocol
import FonanaCore

extension InboxResult: Renderable {
  func text(_ style: TextStyle) -> String {
    guard !conversations.isEmpty else { return style.isTerminal ? "Nothing here." : "" }
    var table = Table(["WHO", "NEW", "WHEN", "LAST MESSAGE"])
    for conversation in conversations {
      let last = conversation.lastMessage
      let text = last.map { ($0.isOwn ? "me: " : "") + MessageLine(message: $0).summary() }
      table.add(
        conversation.participant.shownName(limit: 24),
        conversation.unread > 0 ? "\(conversation.unread)" : "-", style.time(last?.createdAt),
        [conversation.blockedBy?.mark, text ?? "-"].compactMap { $0 }.joined(separator: " "))
    }
    return table.text(style)
  }
}

extension ParticipantInfo {
  func shownName(limit: Int) -> String {
    DisplayText.line(nickname ?? fullName ?? wallet ?? id.rawValue, limit: limit)
  }
}
