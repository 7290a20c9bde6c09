import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

extension OutboxEntry {
  init(_ item: OutboxItem, _ outlook: OutboxOutlook? = nil, isBlocking: Bool = false) {
    self.init(
      cid: item.cid, to: item.recipient.text, conversationId: item.recipient.conversationID,
      content: item.content, state: State(rawValue: item.state.shown) ?? .queued,
      unresolved: item.state == .unresolved, attempts: item.attempts, queuedAt: item.queuedAt,
      nextAttemptAt: outlook?.nextAttemptAt, reason: item.reason.map { ErrorInfo($0) },
      blocking: isBlocking, cancelWanted: item.isCancelWanted,
      unlessReplied: item.unlessRepliedSince != nil, price: item.price,
      mediaType: item.image?.contentType)
  }

  /// Of one that has left the outbox: what its story, and the mirror, still tell.
  init(left story: OutboxStory, _ cid: ClientID) {
    let first = story.history.first { $0.outcome == "enqueued" }
    let last = story.history.last
    self.init(
      cid: cid, to: first?.detail ?? "", conversationId: story.sent?.conversationID,
      content: story.message?.content, state: story.sent == nil ? .cancelled : .sent,
      unresolved: false, attempts: story.history.count { $0.outcome == "claimed" },
      queuedAt: first?.at ?? story.sent?.at ?? last?.at ?? Timestamp(milliseconds: 0),
      price: story.message?.price, mediaType: story.message?.mediaType)
  }
}

extension [OutboxEntry] {
  private static var longest: Int { 2000 }

  /// What one answer holds: its limit is 8 MiB.
  func cut() -> [OutboxEntry] {
    let entries = prefix(Self.longest)
    return entries.map { $0.cut(to: TextPiece.share(of: entries.count)) }
  }
}

extension OutboxEntry {
  fileprivate func cut(to limit: Int) -> OutboxEntry {
    guard let beginning = TextPiece.cut(content, to: limit) else { return self }
    var result = self
    result.content = beginning
    result.truncated = true
    return result
  }
}

extension OutboxStep {
  init(_ entry: OutboxHistoryEntry) {
    self.init(
      at: entry.at, from: entry.from?.rawValue, to: entry.to, outcome: entry.outcome,
      detail: entry.detail)
  }
}

extension OutboxDetail {
  init(_ story: OutboxStory, _ cid: ClientID, _ row: OutboxRow?, _ outlook: OutboxOutlook?) {
    let entry =
      story.item.map { OutboxEntry($0, outlook, isBlocking: row?.isBlockingHead ?? false) }
      ?? OutboxEntry(left: story, cid)
    self.init(
      entry: entry, messageId: story.sent?.messageID, sentAt: story.sent?.at,
      next: story.item.flatMap { item in outlook?.sentence(for: item) },
      history: story.history.map { OutboxStep($0) })
  }
}

extension OutboxOutlook {
  /// What comes next for `item`, in plain words.
  func sentence(for item: OutboxItem) -> String {
    switch wait {
    case .turn: "It waits for the message before it\(predecessor)."
    case .attempt: "It is sent as soon as its pause, if there is one, is over."
    case .answer: "It is on its way; the server's answer is awaited."
    case .server: "It is sent when the server can be reached again."
    case .token: "It goes on when the server takes a token again; see “fonana status”."
    case .route: "The server takes the token, but not for sending; it is tried again."
    case .look where item.isCancelWanted:
      "The server is asked whether it has the message. If not, it is dropped, as you wished."
    case .look:
      "The server is asked whether it has the message. Only if not, it is sent again."
    case .person where item.state == .held:
      "It waits until you say “fonana outbox release \(item.cid)”."
    case .person: "It waits for you: “fonana outbox retry \(item.cid)”, “edit” or “cancel”."
    }
  }

  private var predecessor: String {
    guard let behind else { return "" }
    return isBlocked ? ", which waits for you: “fonana outbox show \(behind)”" : ", \(behind)"
  }
}
