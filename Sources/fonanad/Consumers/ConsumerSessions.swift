import FonanaCore
import Synchronization

/// Which consumers are here. Of two with the same name the later one stays: the other may be what
/// a lost connection has left.
final class ConsumerSessions: Sendable {
  private struct Session {
    let id: Int
    let end: @Sendable (FonanaError) -> Void
  }

  private struct State {
    var lastID = 0
    var open: [String: Session] = [:]
  }

  private let state = Mutex(State())

  /// `end` is called when another takes the name, or when it is forgotten.
  func open(_ name: String, end: @escaping @Sendable (FonanaError) -> Void) -> Int {
    let (id, former) = state.withLock { state in
      state.lastID += 1
      let former = state.open.updateValue(Session(id: state.lastID, end: end), forKey: name)
      return (state.lastID, former)
    }
    former?.end(Self.taken)
    return id
  }

  func close(_ name: String, _ id: Int) {
    state.withLock { state in
      if state.open[name]?.id == id { state.open[name] = nil }
    }
  }

  /// Ends the consumer that is here.
  func end(_ name: String, because reason: FonanaError) {
    state.withLock { $0.open.removeValue(forKey: name) }?.end(reason)
  }

  func isOpen(_ name: String) -> Bool { state.withLock { $0.open[name] != nil } }

  private static let taken = FonanaError(
    .conflict, "Another consumer goes on under this name.",
    hint: "Give each consumer a name of its own.")
}
