import FonanaCore

/// Whether a look for a message in doubt may mark messages read (docs/reliability.md, “Looking”).
extension EngineCore {
  private static let waitForUnread = Duration.seconds(120)

  /// Waits for a list without unread messages, at most two minutes.
  mutating func mayLook(into conversation: ConversationID, for item: OutboxItem) -> Bool {
    guard configuration.mode == .onRead else { return true }
    guard isListFresh(for: Self.listIsFreshFor) else {
      askList()
      return false
    }
    guard isUnread(conversation) else { return true }
    let since = outbox.waitingSince[item.cid] ?? turn.now.boot
    outbox.waitingSince[item.cid] = since
    guard passed(Self.waitForUnread, since: since) else {
      lookLater(item.cid)
      return false
    }
    return isForcedReadAllowed(for: item)
  }

  /// A list that came meanwhile may show what the next page would mark read: then the look ends, and
  /// waits as any other; one that was forced is so again.
  mutating func mayGoOn(_ reconcile: Reconcile, _ conversation: ConversationID) -> Bool {
    guard configuration.mode == .onRead, isUnread(conversation) else { return true }
    guard reconcile.isForced else {
      if !reconcile.isEarly { for cid in reconcile.items { lookLater(cid) } }
      return false
    }
    return reconcile.items.first.flatMap { outbox.items[$0] }.map { isForcedReadAllowed(for: $0) }
      ?? false
  }

  /// By the newest list, which may be on hold.
  func isUnread(_ conversation: ConversationID) -> Bool {
    let listed = poll.held?.rows.first { $0.id == conversation }?.unread
    return (listed ?? book[conversation]?.state.listUnread ?? 0) > 0
  }

  private mutating func lookLater(_ cid: ClientID) {
    turn.log(.debug, .pullDeferred, "\(cid)")
    outbox.notBefore[cid] = turn.instant(in: .seconds(5))
    turn.setTimer(.outbox(cid), in: .seconds(5))
  }

  private mutating func isForcedReadAllowed(for item: OutboxItem) -> Bool {
    guard configuration.reconcile == .pull else {
      park(item, Self.undecidable(item, "Looking would mark messages read."), outcome: "ambiguous")
      return false
    }
    turn.log(.warning, .forcedRead, "\(item.cid)")
    commit([.count(.forcedReads)])
    return true
  }
}
