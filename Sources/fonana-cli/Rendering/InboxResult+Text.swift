import ControlProtocol
import FonanaCore

extension InboxResult: Renderable {
  func text(_ style: TextStyle) -> String {
    guard !conversations.isEmpty else { return style.isTerminal ? "Nothing here." : "" }
    // A block has a column of its own: the last message may well have been sent. In a pipe the
    // others keep their numbers.
    let place = conversations.contains { $0.blockedBy != nil } ? (style.isTerminal ? 2 : 4) : nil
    var headings = ["WHO", "NEW", "WHEN", "LAST MESSAGE"]
    if let place { headings.insert("OUTBOX", at: place) }
    var table = Table(headings)
    for conversation in conversations {
      let last = conversation.lastMessage
      let text = last.map { ($0.isOwn ? "me: " : "") + MessageLine(message: $0).summary() }
      var cells = [
        conversation.participant.shownName(limit: 24),
        conversation.unread > 0 ? "\(conversation.unread)" : "-", style.time(last?.createdAt),
        text ?? "-",
      ]
      if let place { cells.insert(conversation.blockedBy?.mark ?? "-", at: place) }
      table.add(cells)
    }
    return table.text(style)
  }
}

extension ParticipantInfo {
  func shownName(limit: Int) -> String {
    DisplayText.line(nickname ?? fullName ?? wallet ?? id.rawValue, limit: limit)
  }
}
