import FonanaCore

/// Carries out the effects, one after the other; what takes time becomes a child task.
struct EffectRunner {
  let engine: Engine
  private var requests: [RequestID: CancellableCall] = [:]
  private var sockets: [SocketID: AsyncStream<SocketCommand>.Continuation] = [:]
  private let backlog = CommitBacklog()

  init(engine: Engine) { self.engine = engine }

  /// Returns after `.stop`, or when cancelled.
  mutating func run(in group: inout DiscardingTaskGroup) async {
    let (engine, backlog) = (engine, backlog)
    group.addTask { await engine.commitInOrder(backlog) }
    for await effect in engine.effects {
      engine.tookUpEffect()
      if case .stop = effect { break }
      // Waited for: a login is answered when it would survive a crash.
      if case .save(let credentials) = effect { await engine.save(credentials) }
      perform(effect, in: &group)
    }
    backlog.finish()
    for socket in sockets.values { socket.finish() }
  }

  private mutating func perform(_ effect: EngineEffect, in group: inout DiscardingTaskGroup) {
    let engine = engine
    switch effect {
    case .commit(let id, let acts): backlog.add(CommitBacklog.Transaction(id: id, acts: acts))
    case .request(let id, let request, let credentials):
      start(id, request, credentials, in: &group)
    case .cancel(let id): requests[id]?.cancel()
    case .openSocket(let id, let credentials): open(id, credentials, in: &group)
    case .say(let id, let command): say(command, on: id)
    case .setTimer(let timer, let instant):
      if engine.setDeadline(of: timer, at: instant) {
        group.addTask { await engine.wake(timer, at: instant) }
      }
    case .cancelTimer(let timer): engine.clearDeadline(of: timer)
    case .answer(let wish, let answer): engine.answer(wish, answer)
    case .log(let line): engine.log.write(line)
    case .save, .stop: break
    }
  }

  private mutating func start(
    _ id: RequestID, _ request: ServerRequest, _ credentials: Credentials?,
    in group: inout DiscardingTaskGroup
  ) {
    requests = requests.filter { !$0.value.isOver }
    let call = CancellableCall()
    requests[id] = call
    let engine = engine
    group.addTask {
      let answer = await call.run { await engine.server.perform(request, as: credentials) }
      engine.feed(.answered(id, answer))
    }
  }

  private mutating func open(
    _ id: SocketID, _ credentials: Credentials, in group: inout DiscardingTaskGroup
  ) {
    let (commands, queue) = AsyncStream.makeStream(
      of: SocketCommand.self, bufferingPolicy: .bufferingOldest(64))
    sockets = sockets.filter { $0.key == id }
    sockets[id] = queue
    let engine = engine
    group.addTask {
      await engine.socket.run(as: credentials, commands: commands) { signal in
        engine.feed(.socket(id, signal))
      }
    }
  }

  /// A full queue means that the peer takes nothing any more.
  private func say(_ command: SocketCommand, on id: SocketID) {
    guard let queue = sockets[id] else { return }
    if case .dropped = queue.yield(command) { queue.finish() }
  }
}
