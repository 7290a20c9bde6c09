import Synchronization

/// Who wants to know that a client is gone.
final class Departures: Sendable {
  private struct State {
    var waiting: [PeerID: [@Sendable () -> Void]] = [:]
    /// Clients that are here.
    var present: Set<PeerID> = []
  }

  private let state = Mutex(State())

  func arrived(_ peer: PeerID) { state.withLock { _ = $0.present.insert(peer) } }

  func note(_ peer: PeerID, _ body: @escaping @Sendable () -> Void) {
    let isHere = state.withLock { state in
      if state.present.contains(peer) { state.waiting[peer, default: []].append(body) }
      return state.present.contains(peer)
    }
    if !isHere { body() }
  }

  func left(_ peer: PeerID) {
    let bodies = state.withLock { state in
      state.present.remove(peer)
      return state.waiting.removeValue(forKey: peer) ?? []
    }
    for body in bodies { body() }
  }

  func allLeft() {
    for peer in state.withLock({ Array($0.present) }) { left(peer) }
  }

  var count: Int { state.withLock(\.present.count) }
}
