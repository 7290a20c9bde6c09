package import FonanaCore
package import Logging
import Synchronization

/// The engine as the daemon sees it: it feeds `EngineCore` and does what the core asks for.
///
/// Concurrency: the core, the waiting callers and the timers stand behind one `Mutex`. Whoever has
/// an event takes it, lets the core handle the event, and queues the effects before leaving it, so
/// that effects keep the order of the decisions. One task of `run()` takes effects out of that
/// queue; what takes time becomes a child task and reports back with another event. The driver
/// decides nothing.
package final class Engine: Sendable {
  struct State {
    var core: EngineCore
    var waiters: [WishID: CheckedContinuation<WishAnswer, Never>] = [:]
    var lastTransaction: TransactionID?
    /// Of a transaction, and the last one that the core wanted before it heard of it.
    var lastFailure: (lastWanted: TransactionID, error: FonanaError)?
    var lastWish = 0
    var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
    var lastWatcher = 0
    /// When a timer is due, on the boot-time clock.
    var deadlines: [TimerID: Duration] = [:]
    /// The wake-ups that sleep already, by timer: a later deadline needs no further one.
    var wakeUps: [TimerID: Duration] = [:]
    /// The newest token is in memory only: it could not be written down.
    var saveError: FonanaError?
    var isOver = false
    /// Since the start.
    var queuedEffects = 0
    var takenEffects = 0
  }

  let server: any ServerPort
  let socket: any SocketPort
  let store: any StorePort
  let credentials: any CredentialPort
  let clock: any EngineClock
  let log: EngineLog
  let onEvents: @Sendable ([StoreEvent]) -> Void
  private let onObservation: @Sendable (EngineObservation) -> Void
  private let recorder: (any EngineRecorder)?
  let state: Mutex<State>

  /// Unbounded: the core bounds it, since it keeps only so many requests and commits under way.
  let effects: AsyncStream<EngineEffect>
  let effectQueue: AsyncStream<EngineEffect>.Continuation

  package init(
    configuration: EngineConfiguration, server: any ServerPort, socket: any SocketPort,
    store: any StorePort, credentials: any CredentialPort, clock: any EngineClock,
    seed: UInt64, logger: Logger, history: ConnectionHistory = ConnectionHistory(),
    recorder: (any EngineRecorder)? = nil,
    onObservation: @escaping @Sendable (EngineObservation) -> Void = { _ in },
    onEvents: @escaping @Sendable ([StoreEvent]) -> Void
  ) {
    self.server = server
    self.socket = socket
    self.store = store
    self.credentials = credentials
    self.clock = clock
    self.log = EngineLog(logger)
    self.onEvents = onEvents
    self.onObservation = onObservation
    self.recorder = recorder
    let now = clock.now
    recorder?.write(.start(configuration, seed: seed, now))
    state = Mutex(
      State(
        core: EngineCore(
          configuration: configuration, seed: seed, now: now, records: Records(history))))
    (effects, effectQueue) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
  }

  /// Runs until `shutDown()` has been carried out, or until cancelled. Loads the snapshot and the
  /// credentials first; a snapshot that can't be loaded is thrown.
  package func run() async throws {
    defer { end() }
    let snapshot = try await store.snapshot()
    let stored = await storedCredentials(of: snapshot.account)
    feed(.booted(snapshot, stored))
    await withDiscardingTaskGroup { group in
      var runner = EffectRunner(engine: self)
      await runner.run(in: &group)
      group.cancelAll()
    }
  }

  package var status: EngineStatus { state.withLock { $0.core.status(at: clock.now) } }

  /// What comes next for each message on its way.
  package var outlooks: [ClientID: OutboxOutlook] {
    state.withLock { $0.core.outlooks(at: clock.now) }
  }

  /// The same for one; nil: it is not on its way.
  package func outlook(of cid: ClientID) -> OutboxOutlook? {
    state.withLock { $0.core.outlook(of: cid, at: clock.now) }
  }

  /// The only way of events into the core.
  func feed(_ event: EngineEvent) {
    let observations = state.withLock { state in
      let now = clock.now
      if case .commitFailed(_, let error) = event {
        state.lastFailure = state.lastTransaction.map { ($0, error) }
      }
      let effects = state.core.handle(event, at: now)
      for case .commit(let id, _) in effects { state.lastTransaction = id }
      recorder?.write(.turn(now, event, effects))
      state.queuedEffects += effects.count
      for effect in effects { effectQueue.yield(effect) }
      for watcher in state.watchers.values { watcher.yield() }
      return state.core.records.fresh
    }
    observations.forEach(onObservation)
  }

  package func attentionBegan() { feed(.attentionBegan) }
  package func attentionEnded() { feed(.attentionEnded) }
  package func storePurged() { feed(.storePurged) }
  package func storeForgot(_ id: ConversationID?, before limit: Timestamp) {
    feed(.storeForgot(id, before: limit))
  }
  package func reconnect() { feed(.reconnectWanted) }
  package func networkChanged() { feed(.networkChanged) }

  /// Ends sockets and requests in an orderly way, within two seconds; `run()` then returns.
  package func shutDown() { feed(.shutDown) }

  /// Nobody waits for ever.
  private func end() {
    let (waiters, watchers) = state.withLock { state in
      state.isOver = true
      defer { (state.waiters, state.watchers) = ([:], [:]) }
      return (state.waiters, state.watchers)
    }
    for watcher in watchers.values { watcher.finish() }
    for waiter in waiters.values { waiter.resume(returning: .failed(Self.stopping)) }
    effectQueue.finish()
  }

  package static let stopping = FonanaError(.daemonUnavailable, "The daemon is stopping.")
}
