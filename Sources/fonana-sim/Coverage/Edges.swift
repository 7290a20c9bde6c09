import FonanaCore
import SyncEngine

/// What of the machines a schedule has been through.
struct Edges: Sendable {
  private(set) var outbox = EdgeTally<OutboxPlace>()
  private(set) var link = EdgeTally<EnginePhases.Link>()
  private(set) var account = EdgeTally<EnginePhases.Account>()
  private var phases = EnginePhases()

  /// A new process begins where none was.
  mutating func restart() { phases = EnginePhases() }

  mutating func moved(to next: EnginePhases) {
    guard next != phases else { return }
    if next.link != phases.link { link.count(phases.link, next.link) }
    if next.account != phases.account { account.count(phases.account, next.account) }
    phases = next
  }

  /// `act` is about to become durable; `store` does not know of it yet.
  mutating func durable(_ act: StoreAct, in store: MemoryStore) {
    switch act {
    case .enqueue(let item): outbox.count(.new, OutboxPlace(item.state))
    case .update(let item, let entry):
      outbox.count(entry.from.map(OutboxPlace.init) ?? .new, OutboxPlace(item.state))
    case .confirm(let cid, _, _):
      guard let item = store.item(cid) else { return }
      outbox.count(OutboxPlace(item.state), .sent)
    case .cancel(_, let entry):
      outbox.count(entry.from.map(OutboxPlace.init) ?? .new, .cancelled)
    default: break
    }
  }

  mutating func add(_ other: Edges) {
    outbox.add(other.outbox)
    link.add(other.link)
    account.add(other.account)
  }
}
