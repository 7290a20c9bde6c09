import ControlProtocol
import FonanaCore

extension ReadResult: Renderable {
  func text(_ style: TextStyle) -> String {
    var lines: [String] = []
    var conversation: ConversationID?
    let places = gapPlaces
    if more > 0 { lines.append(style.dim("(\(more) older; see --all or -n)")) }
    for message in messages {
      if self.conversation == nil, message.conversationId != conversation {
        conversation = message.conversationId
        let id = conversation.map { DisplayText.line($0.rawValue) } ?? "?"
        lines.append(style.bold("— \(id)"))
      }
      if let id = message.id, places.contains(id) {
        lines.append(style.dim("… messages before the next one have not been fetched yet …"))
      }
      lines.append(message.line(style))
    }
    if let block = self.conversation?.blockedBy {
      lines.append(style.yellow("! " + block.sentence))
    }
    return lines.joined(separator: "\n")
  }

  /// The messages above which a gap ends: the first one shown that is as new as its newer end.
  private var gapPlaces: Set<MessageID> {
    Set(
      gaps.compactMap { gap in
        messages.first { message in
          guard let at = message.createdAt, let newer = gap.newerAt, let id = message.id else {
            return false
          }
          return (at, id.rawValue) >= (newer, gap.newerId.rawValue)
        }?.id
      })
  }
}
