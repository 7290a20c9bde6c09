import FonanaCore
import Synchronization

/// Hands each event to all who listen. Nobody can hold up the daemon: who does not keep up is
/// cut off and told so.
///
/// The mutex guards the table of listeners; their streams are bounded.
final class EventHub: Sendable {
  private struct State {
    var nextID = 0
    var listeners: [Int: AsyncStream<HubEvent>.Continuation] = [:]
    /// Those that hand the lines on.
    var lineReaders: Set<Int> = []
    var bells: [Int: AsyncStream<Void>.Continuation] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())
  private let onDrop: @Sendable () -> Void

  /// `onDrop`: a listener was cut off.
  init(onDrop: @escaping @Sendable () -> Void = {}) { self.onDrop = onDrop }

  /// Listens from now on. The stream ends after `cancel()`, when the listener was too slow, or
  /// when the daemon stops. Events may come without their lines unless they are wanted.
  func listen(capacity: Int = 512, wantsLines: Bool = false) -> EventListener {
    let (stream, continuation) = AsyncStream<HubEvent>.makeStream(
      bufferingPolicy: .bufferingOldest(capacity))
    let id = state.withLock { state in
      state.nextID += 1
      if !state.isClosed { state.listeners[state.nextID] = continuation }
      if !state.isClosed, wantsLines { state.lineReaders.insert(state.nextID) }
      return state.isClosed ? nil : state.nextID
    }
    guard let id else {
      continuation.finish()
      return EventListener(events: stream) {}
    }
    return EventListener(events: stream) { [weak self] in self?.remove(id) }
  }

  /// Rings after every event, for those who read the events from the store; nobody is too slow
  /// for it. Ends as `listen()` does.
  func bell() -> EventBell {
    let (stream, continuation) = AsyncStream<Void>.makeStream(
      bufferingPolicy: .bufferingNewest(1))
    let id = state.withLock { state in
      state.nextID += 1
      if state.isClosed { continuation.finish() } else { state.bells[state.nextID] = continuation }
      return state.nextID
    }
    return EventBell(rings: stream) { [weak self] in
      self?.state.withLock { $0.bells[id] = nil }
      continuation.finish()
    }
  }

  func publish(_ event: HubEvent) {
    let (listeners, bells) = state.withLock { ($0.listeners, $0.bells) }
    for bell in bells.values { bell.yield() }
    for (id, continuation) in listeners {
      if case .dropped = continuation.yield(event) { drop(id) }
    }
  }

  /// Ends all streams; later listeners get an ended one.
  func close() {
    let (listeners, bells) = state.withLock { state in
      state.isClosed = true
      defer { (state.listeners, state.lineReaders, state.bells) = ([:], [], [:]) }
      return (state.listeners, state.bells)
    }
    for continuation in listeners.values { continuation.finish() }
    for bell in bells.values { bell.finish() }
  }

  /// Ends all streams because events were lost; later listeners are fine.
  func cutOffAll() {
    for id in state.withLock({ Array($0.listeners.keys) }) { drop(id) }
    for bell in state.withLock(\.bells).values { bell.yield() }
  }

  private func drop(_ id: Int) {
    remove(id)
    onDrop()
  }

  var isClosed: Bool { state.withLock(\.isClosed) }

  var listenerCount: Int { state.withLock(\.listeners.count) }

  var wantsLines: Bool { state.withLock { !$0.lineReaders.isEmpty } }

  private func remove(_ id: Int) {
    let listener = state.withLock { state in
      state.lineReaders.remove(id)
      return state.listeners.removeValue(forKey: id)
    }
    listener?.finish()
  }
}

/// One who listens to the hub.
struct EventListener: Sendable {
  /// For one reader.
  let events: AsyncStream<HubEvent>
  let cancel: @Sendable () -> Void
}

/// Says that there may be new events. For one reader.
struct EventBell: Sendable {
  let rings: AsyncStream<Void>
  let cancel: @Sendable () -> Void
}

/// An event with the line that all subscribers get, made once.
struct HubEvent: Sendable {
  var event: StoreEvent
  /// With its `\n`; nil when it could not be made, or nobody wanted it.
  var line: [UInt8]?
}
