import ControlProtocol
import FonanaCore

/// What an export holds, page by page: never more than one page is in memory.
struct ExportSource {
  typealias Sink = (String) throws(FonanaError) -> Void

  private let daemon: Daemon
  private let who: String?
  private let since: Timestamp?

  init(_ daemon: Daemon, who: String?, since: Timestamp?) {
    (self.daemon, self.who, self.since) = (daemon, who, since)
  }

  func write(_ format: ExportFormat, to sink: Sink) throws(FonanaError) -> ExportCounts {
    var counts = ExportCounts()
    for conversation in try conversations() {
      counts.conversations += 1
      try sink(try format.text(ExportLine(conversation: conversation)))
      try write(conversation, format, to: sink, &counts)
    }
    try sink(try format.text(ExportLine(end: counts)))
    return counts
  }

  private func conversations() throws(FonanaError) -> [ConversationInfo] {
    guard let who else {
      let request = ConversationListRequest(refresh: false)
      return try daemon.call(Calls.listConversations, request, patience: .seconds(60))
        .conversations
    }
    let request = ConversationReadRequest(who: who, limit: 1, peek: true)
    return try daemon.call(Calls.read, request).conversation.map { [$0] } ?? []
  }

  private func page(
    _ who: String, after cursor: String?
  ) throws(FonanaError) -> MessageListResult {
    let request = MessageListRequest(who: who, since: since, cursor: cursor, oldestFirst: true)
    return try daemon.call(Calls.listMessages, request, patience: .seconds(60))
  }

  private func write(
    _ conversation: ConversationInfo, _ format: ExportFormat, to sink: Sink,
    _ counts: inout ExportCounts
  ) throws(FonanaError) {
    var cursor: String?
    repeat {
      let page = try page(conversation.id.rawValue, after: cursor)
      var gaps = page.gaps[...]
      for message in page.messages {
        while let gap = gaps.first, gap.ends(notAfter: message) {
          gaps.removeFirst()
          counts.gaps += 1
          try sink(try format.text(ExportLine(gap: gap, in: conversation.id)))
        }
        counts.messages += 1
        try sink(try format.text(ExportLine(message: try whole(message))))
      }
      for gap in gaps {
        counts.gaps += 1
        try sink(try format.text(ExportLine(gap: gap, in: conversation.id)))
      }
      cursor = page.nextCursor
    } while cursor != nil
  }

  /// A long text comes in pieces.
  private func whole(_ message: MessageInfo) throws(FonanaError) -> MessageInfo {
    guard message.truncated, let id = message.id?.rawValue else { return message }
    var message = message
    message.content = ""
    var offset: Int? = 0
    while let from = offset {
      let piece = try daemon.call(Calls.getMessage, MessageGetRequest(id: id, offset: from))
      message.content = (message.content ?? "") + (piece.message.content ?? "")
      offset = piece.nextOffset
    }
    message.truncated = false
    return message
  }
}

struct ExportCounts: Codable {
  var conversations = 0
  var messages = 0
  var gaps = 0

  var sentence: String {
    let places = DisplayText.count(gaps, "place")
    let missing = gaps == 0 ? "" : "; messages may be missing in \(places)"
    return DisplayText.count(messages, "message") + " of "
      + DisplayText.count(conversations, "conversation") + missing
  }
}

extension GapInfo {
  fileprivate func ends(notAfter message: MessageInfo) -> Bool {
    guard let newerAt, let newerId, let at = message.createdAt, let id = message.id else {
      return false
    }
    return (newerAt, newerId.rawValue) <= (at, id.rawValue)
  }
}
