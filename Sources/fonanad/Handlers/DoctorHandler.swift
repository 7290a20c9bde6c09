import ControlProtocol
import FonanaCore
import SyncEngine
import Synchronization

/// `doctor.run`: one at a time, since it closes the daemon's own WebSocket for a while.
struct DoctorHandler: Sendable {
  let context: DaemonContext
  private let turn = DoctorTurn()

  init(context: DaemonContext) { self.context = context }

  func register(in router: inout ControlRouter) {
    router.on(Calls.doctor) { request, caller throws(FonanaError) in
      guard turn.begin() else {
        throw FonanaError(
          .conflict, "The doctor is at work already.", hint: "Wait a little and try again.",
          retryable: true)
      }
      defer { turn.end() }
      try await context.engine.ready()
      let doctor = Doctor(bench: DoctorBench(context, request)) { line in
        if let note = try? RPC.check(line) { caller.push(note) }
      }
      return await doctor.run()
    }
  }
}

private final class DoctorTurn: Sendable {
  private let isTaken = Mutex(false)

  /// False: another has it.
  func begin() -> Bool {
    isTaken.withLock { isTaken in
      defer { isTaken = true }
      return !isTaken
    }
  }

  func end() { isTaken.withLock { $0 = false } }
}
