import ControlProtocol
import FonanaCore

/// `dashboard.open`.
struct DashboardHandler: Sendable {
  let dashboard: Dashboard

  func register(in router: inout ControlRouter) {
    router.on(Calls.openDashboard) { _, _ throws(FonanaError) in try await dashboard.open() }
  }
}
