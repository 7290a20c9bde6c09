import FonanaCore
import SyncEngine

/// What the simulated daemon reads and writes: the model, and its twin where there is one. Where
/// the two differ, one of them is wrong (14).
extension Simulation {
  /// What a starting process reads.
  func readStore() -> StoreSnapshot {
    let expected = store.snapshot
    guard let twin else { return expected }
    return compared("snapshot", expected, by: { $0 }) { () throws(FonanaError) in
      try twin.snapshot()
    }
  }

  /// One transaction; what its writer hears.
  func write(_ acts: [StoreAct]) -> StoreResult {
    let now = clock.times.wall
    let expected = store.perform(acts, at: now)
    guard let twin else { return expected }
    return compared("result", expected, by: { $0.enqueued }) { () throws(FonanaError) in
      try twin.perform(acts, at: now)
    }
  }

  /// The process is gone. `isOrderly`: it has closed its store.
  func storeLost(isOrderly: Bool) {
    guard let twin else { return }
    do {
      try twin.reopen(isOrderly: isOrderly)
      if let flaw = try twin.flaw() { checker.fail(14, "after the end of the process: \(flaw)") }
    } catch {
      checker.fail(14, "the store does not open again: \(error.message)")
    }
  }

  /// At the end: every row of the mirror is what the model says.
  func compareMirrors() {
    guard let twin else { return }
    for id in store.order {
      let rows = (store.conversations[id]?.rows ?? []).map { store.messages[$0] }
      let expected = rows.sorted { $0.position < $1.position }
      _ = compared("mirror of \(id)", expected, by: { $0 }) { () throws(FonanaError) in
        try twin.messages(in: id)
      }
    }
  }

  private func compared<Value, Part: Equatable>(
    _ what: String, _ expected: Value, by part: (Value) -> Part,
    _ read: () throws(FonanaError) -> Value
  ) -> Value {
    do {
      let found = try read()
      if part(found) != part(expected) {
        checker.fail(14, "another \(what): \(part(found)), not \(part(expected))")
      }
      return found
    } catch {
      checker.fail(14, "no \(what): \(error.message)")
      return expected
    }
  }
}
