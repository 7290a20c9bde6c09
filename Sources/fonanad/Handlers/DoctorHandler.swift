import ControlProtocol
import FonanaCore
import SyncEngine

/// `doctor.run`.
struct DoctorHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.doctor) { request, caller throws(FonanaError) in
      try await context.engine.ready()
      let report = try await context.doctorTurn.take { () async in
        await examination(request, for: caller)
      }
      guard let report else { throw Engine.stopping }
      return report
    }
  }

  /// nil: it was ended before its end, since the daemon stops or nobody waits for it any more. What
  /// it had not tried yet is not in order for that.
  private func examination(_ request: DoctorRequest, for caller: Caller) async -> DoctorReport? {
    let doctor = Task {
      let report = await Doctor(bench: DoctorBench(context, request)) { line in
        if let note = try? RPC.check(line) { caller.push(note) }
      }.run()
      return Task.isCancelled ? nil : report
    }
    caller.whenGone(doctor.cancel)
    return await withTaskCancellationHandler {
      await doctor.value
    } onCancel: {
      doctor.cancel()
    }
  }
}
