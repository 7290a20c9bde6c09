package import FonanaCore

/// What a person's command makes of an item. It is answered once it is on disk; when the disk does
/// not take it, memory goes back to `before`.
package struct ItemChange: Sendable, Hashable {
  package var before: OutboxItem
  /// nil: the item leaves the outbox.
  package var after: OutboxItem?
  package var outcome: String
  package var detail: String

  package init(
    _ before: OutboxItem, to after: OutboxItem?, outcome: String, detail: String = ""
  ) {
    self.before = before
    self.after = after
    self.outcome = outcome
    self.detail = detail
  }

  package var cid: ClientID { before.cid }
  package var isEdit: Bool { after.map { $0.content != before.content } ?? false }
  /// The server may be at it: the wish is only noted.
  package var isNoted: Bool {
    after?.state == before.state && [.intent, .quarantine].contains(before.state)
  }

  func act(at now: Timestamp) -> StoreAct {
    let entry = OutboxHistoryEntry(
      at: now, from: before.state, to: after?.state.rawValue ?? "cancelled", outcome: outcome,
      detail: detail)
    return after.map { .update($0, entry) } ?? .cancel(cid, entry)
  }
}
