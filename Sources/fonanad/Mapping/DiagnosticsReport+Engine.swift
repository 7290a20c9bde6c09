import ControlProtocol
import FonanaCore
import SyncEngine

extension DiagnosticsReport {
  init(_ diagnostics: EngineDiagnostics) {
    self.init(
      connection: Connection(
        periodSeconds: Int(ConnectionHistory.periodLength.components.seconds),
        periods: diagnostics.periods.map { ConnectionPeriod($0) }),
      latencies: Latencies(
        pushToDisk: LatencyInfo(diagnostics.pushToDisk),
        sendRoundTrip: LatencyInfo(diagnostics.sendRoundTrip)))
  }
}

extension ConnectionPeriod {
  init(_ period: ConnectionHistory.Period) {
    let reasons = period.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    self.init(
      from: period.from, attempts: period.attempts, succeeded: period.succeeded,
      failed: period.failed, lost: period.lost,
      reasons: reasons.map { Reason(reason: $0.key, count: $0.value) })
  }
}

extension LatencyInfo {
  init(_ series: LatencySeries) {
    self.init(
      count: series.count, p50Ms: series.quantile(0.5)?.milliseconds,
      p99Ms: series.quantile(0.99)?.milliseconds)
  }
}

extension Duration {
  /// With three digits of a fraction.
  fileprivate var milliseconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / 1000
  }
}
