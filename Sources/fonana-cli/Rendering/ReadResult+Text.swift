import ControlProtocol
import FonanaCore

extension ReadResult: Renderable {
  func text(_ style: TextStyle) -> String {
    var lines: [String] = []
    var conversation: ConversationID?
    if more > 0 { lines.append(style.dim("(\(more) older; see --all or -n)")) }
    for message in messages {
      if self.conversation == nil, message.conversationId != conversation {
        conversation = message.conversationId
        let id = conversation.map { DisplayText.line($0.rawValue) } ?? "?"
        lines.append(style.bold("— \(id)"))
      }
      lines.append(message.line(style))
    }
    return lines.joined(separator: "\n")
  }
}
