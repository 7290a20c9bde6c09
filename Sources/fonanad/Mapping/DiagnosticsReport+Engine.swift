import ControlProtocol
import FonanaCore
import SyncEngine

extension DiagnosticsReport {
  init(_ context: DaemonContext) {
    let (diagnostics, popUps) = (context.engine.diagnostics, context.popUps)
    self.init(
      connection: Connection(
        periodSeconds: Int(ConnectionHistory.periodLength.components.seconds),
        periods: diagnostics.periods.map { ConnectionPeriod($0) }),
      latencies: Latencies(
        pushToDisk: LatencyInfo(diagnostics.pushToDisk),
        sendRoundTrip: LatencyInfo(diagnostics.sendRoundTrip)),
      popUps: PopUps(
        isOn: popUps.policy(at: SystemClock.boot).isEnabled, shown: popUps.shown))
  }
}

extension ConnectionPeriod {
  init(_ period: ConnectionHistory.Period) {
    let reasons = period.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    self.init(
      from: period.from, attempts: period.attempts, succeeded: period.succeeded,
      failed: period.failed, lost: period.lost, connectedSeconds: period.connected.inSeconds,
      reasons: reasons.map { Reason(reason: $0.key, count: $0.value) },
      incidents: ConnectionHistory.Incident.allCases.compactMap { incident in
        period.incidents[incident].map { Reason(reason: incident.rawValue, count: $0) }
      })
  }
}

extension LatencyInfo {
  init(_ series: LatencySeries) {
    self.init(
      count: series.count, p50Ms: series.quantile(0.5)?.inMilliseconds,
      p99Ms: series.quantile(0.99)?.inMilliseconds)
  }
}
