import ControlProtocol
import FonanaCore

extension ReadResult: Renderable {
  func text(_ style: TextStyle) -> String { text(style, wasAll: false) }

  /// `wasAll`: the whole history was asked for, and is more than one answer holds.
  func text(_ style: TextStyle, wasAll: Bool) -> String {
    var lines: [String] = []
    var conversation: ConversationID?
    let places = gapPlaces
    if more > 0 {
      lines.append(style.dim("(\(more) older; see \(wasAll ? wayToOlder : "--all or -n"))"))
    }
    for message in messages {
      if self.conversation == nil, message.conversationId != conversation {
        conversation = message.conversationId
        lines.append(style.bold("— \(heading(of: conversation))"))
      }
      lines += (places[message.id] ?? []).map { style.dim("… \($0.sentence)") }
      lines.append(message.line(style))
    }
    lines += (places[nil] ?? []).map { style.dim("… \($0.sentence)") }
    lines += blocking.map { style.yellow("! " + $0.sentence) }
    // Without `joined`: in a program that short its look-up of types takes longer than the rest.
    var text = lines.first ?? ""
    for line in lines.dropFirst() { text += "\n" + line }
    return text
  }

  /// The other's name, where a message of theirs tells it.
  private func heading(of conversation: ConversationID?) -> String {
    let theirs = messages.first { $0.conversationId == conversation && !$0.isOwn }
    return DisplayText.line(theirs?.sender ?? conversation?.rawValue ?? "?", limit: 40)
  }

  private var wayToOlder: String {
    let oldest = messages.lazy.compactMap(\.id).first
    return (oldest.map { "--before \(DisplayText.line($0.rawValue, limit: 40)) or " } ?? "")
      + "“fonana export”"
  }

  /// Why messages are missing, by the message before which to say so: the first one shown that is
  /// as new as the gap's newer end; nil: behind the last.
  private var gapPlaces: [MessageID?: Set<GapInfo.Reason>] {
    gaps.reduce(into: [:]) { places, gap in
      let next = messages.first { message in
        guard let at = message.createdAt, let id = message.id, let newer = gap.newerAt,
          let newerId = gap.newerId
        else { return false }
        return (at, id.rawValue) >= (newer, newerId.rawValue)
      }
      places[next?.id, default: []].insert(gap.reason)
    }
  }
}

/// As `ReadResult`, after `--all`.
struct WholeReading: Renderable {
  let result: ReadResult

  func encode(to encoder: any Encoder) throws { try result.encode(to: encoder) }
  func text(_ style: TextStyle) -> String { result.text(style, wasAll: true) }
}
