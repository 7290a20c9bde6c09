import FonanaCore
import SyncEngine

/// Invariant 19: a message that is to be sent only as long as the other has not written never
/// leaves when the client has seen that they have, and is taken back for nothing else.
extension Checker {
  /// The condition counts from the newest message that was known, or from the local time.
  mutating func conditionBegins(of item: OutboxItem, _ sim: Simulation) {
    guard let since = item.unlessRepliedSince else { return }
    replies.isQueued(item.cid, at: sim.clock.now)
    guard let id = item.recipient.conversationID, since != item.queuedAt else {
      if since != item.queuedAt {
        fail(19, "the condition of \(item.cid) begins at \(since), without a conversation")
      }
      return
    }
    if let known = replies.durable[id], since < known {
      fail(19, "the condition of \(item.cid) begins at \(since), before what was known: \(known)")
    }
    if let newest = newestDate(in: id, sim), since > newest {
      fail(19, "the condition of \(item.cid) begins at \(since), after all messages: \(newest)")
    }
  }

  /// A notification is a little younger than its message, and may have been all that was known.
  private func newestDate(in id: ConversationID, _ sim: Simulation) -> Timestamp? {
    guard let index = sim.server.index(of: id) else { return nil }
    let told = sim.server.notifications.filter { $0.preview?.conversationID == id }
    return
      (sim.server.conversations[index].messages.map(\.createdAt) + told.map(\.createdAt)).max()
  }

  /// An attempt begins: somebody has looked before.
  mutating func wantsToSend(_ item: OutboxItem, _ sim: Simulation) {
    guard item.unlessRepliedSince != nil else { return }
    if let why = replies.isBlind(item.cid, at: sim.clock.now) {
      fail(19, "\(item.cid) is to be sent, and \(why)")
    }
  }

  /// An attempt leaves.
  mutating func postedUnderCondition(
    _ cid: ClientID, _ conversation: ConversationID, _ sim: Simulation
  ) {
    guard let since = sim.store.item(cid)?.unlessRepliedSince else { return }
    sim.deeds.count(.conditionKept)
    guard let last = replies.seen[conversation], last > since else { return }
    fail(19, "POST of \(cid), although the other has written at \(last), after \(since)")
  }

  mutating func takesBack(_ cid: ClientID, _ sim: Simulation) {
    guard let since = sim.store.item(cid)?.unlessRepliedSince,
      let partner = sim.people.sends[cid]?.partner
    else { return fail(19, "\(cid) is taken back, and was under no condition") }
    sim.deeds.count(.conditionBroken)
    let talks = sim.server.conversations.filter { $0.partner == partner }.map(\.id)
    let last = talks.compactMap { replies.told[$0] }.max()
    if last.map({ $0 <= since }) ?? true {
      let shown = last.map { "\($0)" } ?? "none"
      fail(19, "\(cid) is taken back: the other’s last is \(shown), not after \(since)")
    }
    if posts[cid]?.isSettled == false {
      fail(19, "\(cid) is taken back while its POST may be at the server")
    }
  }

  /// A person has had it wait, and wants it sent.
  mutating func queuedAgain(_ item: OutboxItem, _ entry: OutboxHistoryEntry, _ sim: Simulation) {
    guard item.unlessRepliedSince != nil, item.state == .queued || item.state == .unresolved else {
      return
    }
    if entry.outcome == "released" { sim.deeds.count(.conditionalReleased) }
    if ["released", "retried", "edited"].contains(entry.outcome) {
      replies.isQueued(item.cid, at: sim.clock.now)
    }
  }
}
