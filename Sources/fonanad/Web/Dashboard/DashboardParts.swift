import ControlProtocol
import FonanaCore
import SyncEngine

/// What the page shows and does, of the daemon.
struct DashboardParts: Sendable {
  let context: DaemonContext
  let status: StatusHandler

  /// Everything that the page's upper half shows.
  func snapshot() async throws(FonanaError) -> DashboardSnapshot {
    DashboardSnapshot(
      now: SystemClock.wall, profile: context.paths.profile.text, status: try await status.report(),
      diagnostics: DiagnosticsReport(context))
  }
}

/// An event `status` of the page's stream.
struct DashboardSnapshot: Codable, Sendable {
  @RFC3339 var now: Timestamp
  var profile: String
  var status: StatusReport
  var diagnostics: DiagnosticsReport
}
