import FonanaCore
import SyncEngine

/// Messages that are sent only as long as the partner has not written (`send --unless-replied`).
extension Simulation {
  /// A message that the person will send, and perhaps what the partner writes at that very time.
  func send(_ cid: ClientID, to partner: Int, _ text: String, in delay: Duration) {
    let isConditional = caution.below(10) < plan.conditions
    enclose(with: cid)
    after(
      delay,
      .person(
        .send(
          cid, to: partner, name: name(of: partner), text: text, isConditional: isConditional)))
    guard isConditional, caution.happens(0.5) else { return }
    after(delay + caution.milliseconds(0...4000), .partner(.answer(partner: partner)))
  }

  /// Perhaps the person will hold it.
  func hesitate(_ cid: ClientID) {
    guard caution.happens(0.4) else { return }
    after(caution.milliseconds(0...3000), .person(.waver(cid)))
  }

  /// The partner may answer while it is held, also in the moment before it is released.
  func waver(_ cid: ClientID) {
    guard let item = store.item(cid), let partner = people.sends[cid]?.partner else { return }
    switch item.state {
    case .unresolved, .queued:
      wish(.outbox(.hold(cid)), .other, .waver(cid))
      after(caution.seconds(1...90), .person(.waver(cid)))
    case .held:
      if caution.happens(0.5) { perform(.answer(partner: partner)) }
      after(caution.milliseconds(0...4000), .person(.release(cid)))
    case .intent, .quarantine, .parked: break
    }
  }
}
