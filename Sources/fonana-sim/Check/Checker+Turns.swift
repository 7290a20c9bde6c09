import FonanaCore
import SyncEngine

/// Invariant 3 while it can be seen, whatever name of a person each message was sent to.
extension Checker {
  /// Nothing older waits for the same person, unless nobody here can know that it is for them.
  mutating func checkTurn(of cid: ClientID, _ sim: Simulation) {
    guard let send = sim.people.sends[cid], send.partner != People.nobody,
      let sequence = send.sequence
    else { return }
    for item in sim.store.outbox
    where item.sequence < sequence && item.cid != cid && !item.isCancelWanted {
      guard let older = sim.people.sends[item.cid], older.partner == send.partner,
        !older.isSkipped, !older.isOvertaken
      else { continue }
      guard isForOne(item, sim.server.partners[send.partner], sim) else {
        sim.people.sends[item.cid]?.isOvertaken = true
        continue
      }
      fail(
        3,
        "POST of \(cid) (\(sequence)) before \(item.cid) (\(item.sequence)) to the same person, "
          + "“\(item.recipient.text)”, which is \(item.state.rawValue)")
    }
  }

  private func isForOne(_ item: OutboxItem, _ partner: UserProfile, _ sim: Simulation) -> Bool {
    if item.recipient.userID != nil { return true }
    guard let name = PartnerName(item.recipient.text, of: partner),
      let known = sim.store.profile(of: partner.id)
    else { return false }
    return name.isKnown(by: known)
  }
}
