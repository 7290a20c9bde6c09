import FonanaCore
import SyncEngine

/// The person holds what is parked, and decides about it later.
extension Simulation {
  /// `act` is about to become durable.
  func putAside(_ act: StoreAct) {
    guard plan.holds > 0, case .update(let item, _) = act, item.state == .parked,
      shelf.below(10) < plan.holds
    else { return }
    after(shelf.milliseconds(100...60_000), .person(.shelve(item.cid)))
  }

  func shelve(_ cid: ClientID) {
    switch store.item(cid)?.state {
    case .parked:
      wish(.outbox(.hold(cid)), .other, .shelve(cid))
      after(shelf.seconds(1...90), .person(.shelve(cid)))
    case .held:
      wish(.outbox(shelf.happens(0.6) ? .cancel(cid) : .release(cid)), .other, .shelve(cid))
    default: break
    }
  }
}
