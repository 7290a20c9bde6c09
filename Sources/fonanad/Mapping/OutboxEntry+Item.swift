import ControlProtocol
import FonanaCore

extension OutboxEntry {
  init(_ item: OutboxItem) {
    self.init(
      cid: item.cid, to: item.recipient.text, conversationId: item.recipient.conversationID,
      content: item.content, state: State(rawValue: item.state.shown) ?? .queued,
      unresolved: item.state == .unresolved, attempts: item.attempts, queuedAt: item.queuedAt,
      reason: item.reason.map { ErrorInfo($0) }, price: item.price,
      mediaType: item.image?.contentType)
  }
}

extension OutboxStep {
  init(_ entry: OutboxHistoryEntry) {
    self.init(
      at: entry.at, from: entry.from?.rawValue, to: entry.to, outcome: entry.outcome,
      detail: entry.detail)
  }
}
