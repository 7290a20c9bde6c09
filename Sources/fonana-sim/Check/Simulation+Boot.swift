import FonanaCore
import SyncEngine

/// Invariant 14: recovering twice is recovering once, whatever the store holds.
extension Simulation {
  func checkBootTwice() {
    let once = recovered(store)
    let (first, second) = (once.snapshot, recovered(once).snapshot)
    guard first != second else { return }
    let items = zip(first.outbox, second.outbox).first { $0 != $1 }
    let what = items.map { "\($0) and then \($1)" } ?? "not of the outbox"
    checker.fail(14, "a second start changes what the first has left: \(what)")
  }

  private func recovered(_ store: MemoryStore) -> MemoryStore {
    var store = store
    var core = EngineCore(configuration: plan.configuration, seed: plan.seed, now: clock.times)
    let effects = core.handle(.booted(store.snapshot, credentials), at: clock.times)
    for case .commit(_, let acts) in effects where !acts.contains(where: Self.isOfSending) {
      _ = store.perform(acts, at: clock.times.wall)
    }
    return store
  }

  /// Sending goes on at once, and that is no part of recovering: an attempt, or that there will be
  /// none, since the other has written or the conversation is gone.
  private static func isOfSending(_ act: StoreAct) -> Bool {
    switch act {
    case .update(let item, let entry): item.state == .intent || entry.outcome == "gone"
    case .cancel(_, let entry): entry.outcome == "replied"
    default: false
    }
  }
}
