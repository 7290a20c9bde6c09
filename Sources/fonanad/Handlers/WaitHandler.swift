import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `wait`.
struct WaitHandler: Sendable {
  /// Not all that is waited for is an event.
  private static let interval = Duration.milliseconds(100)

  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.wait) { request, caller throws(FonanaError) in
      try await wait(request, caller)
    }
  }

  private func wait(_ request: WaitRequest, _ caller: Caller) async throws(FonanaError)
    -> WaitResult
  {
    let end = request.timeoutSeconds.map { ContinuousClock.now + .seconds(max(0, $0)) }
    let watch = Presence()
    caller.whenGone { watch.end() }
    while true {
      let (isReached, state) = try await look(request.for)
      let isOver = end.map { ContinuousClock.now >= $0 } ?? false
      if isReached || isOver || watch.isOver || context.hub.isClosed {
        return WaitResult(reached: isReached, state: state)
      }
      do {
        try await Task.sleep(for: Self.interval)
      } catch {
        return WaitResult(reached: false, state: state)
      }
    }
  }

  private func look(_ goal: WaitRequest.Goal) async throws(FonanaError) -> (Bool, String) {
    let status = context.engine.status
    switch goal {
    case .reachable:
      return (status.isServerReachable, status.isServerReachable ? "reachable" : "unreachable")
    case .connected: return (status.connection == .connected, status.connection.rawValue)
    case .synced: return (status.sync == .synced, status.sync.rawValue)
    case .drained:
      let outbox = OutboxStatus(try await context.store.statistics())
      return (outbox.total == 0, outbox.total == 0 ? "drained" : "\(outbox.total) waiting")
    }
  }
}
