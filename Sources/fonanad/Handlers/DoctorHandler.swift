import ControlProtocol
import FonanaCore
import SyncEngine

/// `doctor.run`.
struct DoctorHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.doctor) { request, caller throws(FonanaError) in
      try await context.engine.ready()
      return try await context.doctorTurn.take { () async in
        let doctor = Task {
          await Doctor(bench: DoctorBench(context, request)) { line in
            if let note = try? RPC.check(line) { caller.push(note) }
          }.run()
        }
        caller.whenGone(doctor.cancel)
        return await withTaskCancellationHandler {
          await doctor.value
        } onCancel: {
          doctor.cancel()
        }
      }
    }
  }
}
