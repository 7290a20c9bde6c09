import ControlProtocol
import FonanaCore
import SyncEngine

/// `diagnostics.get`, `bugreport.make`.
struct DiagnosticsHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.diagnostics) { _, _ throws(FonanaError) in
      DiagnosticsReport(context)
    }
    router.on(Calls.bugReport) { request, _ throws(FonanaError) in
      let bench = DoctorBench(context, request)
      return BugReportResult(text: await BugReport(bench: bench).text())
    }
  }
}
