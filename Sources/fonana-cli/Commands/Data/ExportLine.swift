import ControlProtocol
import FonanaCore

enum ExportFormat: String {
  case jsonl, md

  func text(_ line: ExportLine) throws(FonanaError) -> String {
    switch self {
    case .jsonl: try JSONOutput.line(Schematic(line))
    case .md: line.markdown
    }
  }
}

/// One line of an export: exactly one of its members is there.
struct ExportLine: Codable {
  var conversation: ConversationInfo?
  var message: MessageInfo?
  /// Messages may be missing between these two.
  var gap: ExportGap?
  /// The last line: the export is whole.
  var end: ExportCounts?

  init(conversation: ConversationInfo) {
    self.conversation = conversation
    self.conversation?.lastMessage = nil
  }

  init(message: MessageInfo) { self.message = message }
  init(end: ExportCounts) { self.end = end }

  init(gap: GapInfo, in conversation: ConversationID) {
    self.gap = ExportGap(
      conversationId: conversation, reason: gap.reason, newerId: gap.newerId,
      newerAt: gap.newerAt, olderId: gap.olderId, olderAt: gap.olderAt)
  }

  /// Text of others shows as what it is, and can't pass for ours.
  var markdown: String {
    if let conversation {
      let participant = conversation.participant
      let name = participant.nickname ?? participant.fullName ?? participant.id.rawValue
      return "# \(Self.escaped(DisplayText.line(name, limit: 60)))\n\n"
    }
    if let message {
      let time = message.createdAt?.description ?? "?"
      let body = MessageLine(message: message).body(indent: "").split(
        separator: "\n", omittingEmptySubsequences: false)
      let quoted = body.map { "> " + Self.escaped(String($0)) }.joined(separator: "\n")
      return "**\(Self.escaped(message.author))**, \(time)\n\n\(quoted)\n\n"
    }
    return gap.map { "*\($0.reason.sentence)*\n\n" } ?? ""
  }

  /// By scalars: a sign with a joiner behind it is a sign all the same. Four blanks would begin a
  /// block of code.
  private static func escaped(_ text: String) -> String {
    let blanks = text.unicodeScalars.prefix { $0 == " " || $0 == "\t" }
    var result = String(repeating: "&nbsp;", count: blanks.count)
    for scalar in text.unicodeScalars.dropFirst(blanks.count) {
      if signs.contains(scalar) { result.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static let signs = Set(#"\`*_{}[]<>()#+-=.!|~&"#.unicodeScalars)
}

struct ExportGap: Codable {
  var conversationId: ConversationID
  var reason: GapInfo.Reason
  @Nullable var newerId: MessageID?
  @RFC3339 var newerAt: Timestamp?
  /// Null: down to the beginning of the conversation.
  @Nullable var olderId: MessageID?
  @RFC3339 var olderAt: Timestamp?
}
