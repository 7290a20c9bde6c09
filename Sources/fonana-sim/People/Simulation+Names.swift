import FonanaCore
import SyncEngine

/// What the person calls a partner, and what the daemon makes of it.
extension Simulation {
  func name(of partner: Int) -> String {
    guard partner != People.nobody else { return "@nobody" }
    let number = pen.happens(0.4) ? 0 : pen.below(plan.names)
    return (PartnerName(rawValue: number) ?? .nickname).text(of: server.partners[partner])
  }

  /// Several messages within seconds to somebody who is not known yet, whatever they are called.
  func scheduleStrangers(_ span: Int) {
    guard plan.names > 1 else { return }
    for partner in 4..<4 + pen.within(0...3) {
      let start = pen.within(0...span)
      for number in 0..<pen.within(2...5) {
        let cid = ClientID("\(pen.digits(8))-\(partner)-\(number)")
        send(
          cid, to: partner, "text \(partner) \(number)",
          in: .milliseconds(start + pen.within(0...4000)))
      }
    }
  }

  /// What the daemon makes of the name by its mirror.
  func recipient(_ partner: Int, _ name: String) -> Recipient {
    guard partner != People.nobody,
      let spelling = PartnerName(name, of: server.partners[partner]),
      let known = store.profile(of: server.partners[partner].id), spelling.isKnown(by: known)
    else { return Recipient(text: name) }
    return Recipient(
      text: name, userID: known.id, conversationID: store.conversation(with: known.id),
      otherNames: known.names)
  }

  /// `act` is about to become durable.
  func noteMeeting(_ act: StoreAct) {
    guard case .update(let item, _) = act, item.recipient.userID != nil,
      store.item(item.cid)?.recipient.userID == nil, let partner = people.sends[item.cid]?.partner
    else { return }
    let hasOther = store.outbox.contains { other in
      people.sends[other.cid]?.partner == partner && other.recipient.text != item.recipient.text
    }
    if hasOther { deeds.count(.namesakesMet) }
  }
}
