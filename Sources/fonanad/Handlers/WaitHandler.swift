import ControlProtocol
import FonanaCore
import SyncEngine

/// `wait`: looks after each event of the engine.
struct WaitHandler: Sendable {
  /// A year, in seconds: a duration can't hold every number.
  private static let longest: Double = 366 * 86_400

  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.wait) { request, caller throws(FonanaError) in
      try await wait(request, caller)
    }
  }

  private func wait(_ request: WaitRequest, _ caller: Caller) async throws(FonanaError)
    -> WaitResult
  {
    _ = try await context.status()  // what the disk holds is known from here on
    let changes = context.engine.changes()
    caller.whenGone(changes.cancel)
    let limit = request.timeoutSeconds.map { Duration.seconds(max(0, min($0, Self.longest))) }
    let end = limit.map { SystemClock.boot + $0 }
    let timer = limit.map { limit in
      Task {
        try? await Task.sleep(for: limit)
        changes.cancel()
      }
    }
    defer {
      timer?.cancel()
      changes.cancel()
    }
    if look(request.for).reached { return look(request.for) }
    for await _ in changes.stream {
      let result = look(request.for)
      if result.reached { return result }
    }
    // Nothing else ends it but the daemon.
    guard let end, SystemClock.boot >= end else { throw Engine.stopping }
    return look(request.for)
  }

  private func look(_ goal: WaitRequest.Goal) -> WaitResult {
    let status = context.engine.status
    return switch goal {
    case .reachable:
      WaitResult(
        reached: status.isServerReachable,
        state: status.isServerReachable ? "reachable" : "unreachable")
    case .asked:
      WaitResult(
        reached: !status.isFirstSignAwaited || status.token != .valid,
        state: status.isFirstSignAwaited ? "asking" : "asked")
    case .connected:
      WaitResult(
        reached: status.connection == .connected, state: status.connection.rawValue)
    case .synced: WaitResult(reached: status.sync == .synced, state: status.sync.rawValue)
    case .drained:
      WaitResult(
        reached: status.waiting == 0,
        state: status.waiting == 0 ? "drained" : "\(status.waiting) waiting")
    }
  }
}
