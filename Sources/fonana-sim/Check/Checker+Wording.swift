import FonanaCore
import SyncEngine

/// Invariant 18: a message says what its sender was told that it says. An edit that was accepted
/// counts, one that was refused does not, and what was superseded before it left never leaves.
extension Checker {
  /// `item` is durable so.
  mutating func worded(_ item: OutboxItem, _ sim: Simulation) {
    guard let send = sim.people.sends[item.cid], sim.store.item(item.cid) != nil,
      let text = item.content
    else { return }
    guard text != send.text else { return }
    guard sim.process.isAsked(item.cid, toSay: text) else {
      return fail(18, "\(item.cid) says “\(text)”, which nobody has asked for")
    }
    sim.people.sends[item.cid]?.say(text)
  }

  mutating func edited(
    _ cid: ClientID, _ text: String, _ answer: WishAnswer, _ sim: Simulation
  ) {
    guard case .done = answer, let send = sim.people.sends[cid], send.text != text else { return }
    fail(18, "an edit of \(cid) is said to be done, and “\(send.text)” is on disk")
  }

  mutating func spoken(_ message: OutgoingMessage, _ sim: Simulation) {
    guard let send = sim.people.sends[message.cid], message.content != send.text else { return }
    fail(18, "POST of \(message.cid) says “\(message.content ?? "")”, not “\(send.text)”")
  }

  mutating func enqueued(_ item: OutboxItem, by acts: [StoreAct], _ sim: Simulation) {
    if sim.people.sends[item.cid] == nil { supersedes(item, acts, sim) }
    conditionBegins(of: item, sim)
    sim.people.sends[item.cid]?.sequence = item.sequence
    sim.people.sends[item.cid]?.say(item.content ?? "")
    guard let partner = sim.people.sends[item.cid]?.partner, partner != People.nobody,
      let name = PartnerName(item.recipient.text, of: sim.server.partners[partner])
    else { return }
    sim.deeds.count(Deed(name, isKnown: item.recipient.userID != nil))
  }

  /// The core has made a message of its own of a newer text.
  private mutating func supersedes(_ rest: OutboxItem, _ acts: [StoreAct], _ sim: Simulation) {
    let confirmed = acts.compactMap { act -> (cid: ClientID, text: String?)? in
      guard case .confirm(let cid, let message, _) = act else { return nil }
      return (cid, message.content)
    }
    guard let last = confirmed.last, let send = sim.people.sends[last.cid], let text = rest.content
    else { return fail(18, "\(rest.cid) is nobody's message") }
    if send.text != text { fail(18, "\(rest.cid) says “\(text)”, \(last.cid) “\(send.text)”") }
    if last.text == text { fail(18, "\(rest.cid) says what the server has as \(last.cid)") }
    if let other = send.rest { fail(18, "\(rest.cid) after \(other), both of \(last.cid)") }
    sim.people.sends[last.cid]?.rest = rest.cid
    var own = People.Send(partner: send.partner, text: text)
    own.isReported = true
    own.isUndecidable = rest.reason?.code == .ambiguousDelivery
    sim.people.sends[rest.cid] = own
    sim.people.enclosures[rest.cid] = sim.people.enclosures[last.cid]
    sim.people.order.append(rest.cid)
    sim.deeds.count(.superseded)
  }
}
