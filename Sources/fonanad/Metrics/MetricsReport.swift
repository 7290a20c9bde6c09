import ControlProtocol
import FonanaCore

/// `GET /metrics`: what was counted, and what is measured at the moment of the question.
struct MetricsReport: MetricsSource {
  let context: DaemonContext
  let status: StatusHandler

  /// Without the store's and the engine's numbers when those can't be read.
  func text() async -> String {
    if let status = try? await status.report() { measure(status) }
    return PrometheusText(context.metrics.registry).text
  }

  private func measure(_ status: StatusReport) {
    measureConnection(status)
    measureStore(status)
    measureProcess(status.daemon)
  }

  private func measureConnection(_ status: StatusReport) {
    let metrics = context.metrics
    metrics.set(.connected, status.connection.state == .connected ? 1 : 0)
    metrics.set(.connectedSeconds, status.metrics.connectedSeconds)
    let remaining = status.token.expiresAt.map { ($0 - SystemClock.wall).inSeconds } ?? 0
    metrics.set(.tokenRemaining, max(0, remaining))
  }

  private func measureStore(_ status: StatusReport) {
    let metrics = context.metrics
    for state in status.metrics.outbox {
      let label = ("state", state.state.rawValue)
      metrics.set(.outboxMessages, Double(state.count), label)
      metrics.set(.outboxOldest, state.oldestSeconds ?? 0, label)
    }
    if let lag = status.metrics.mirrorLagSeconds { metrics.set(.mirrorLag, lag) }
    metrics.set(.mirrorMessages, Double(status.sync.messages))
    metrics.set(.mirrorGaps, Double(status.sync.gaps))
    metrics.set(.storeBytes, Double(status.sync.databaseBytes))
  }

  private func measureProcess(_ daemon: DaemonStatus) {
    let metrics = context.metrics
    metrics.set(.residentMemory, Double(daemon.residentBytes))
    metrics.set(.anonymousMemory, Double(daemon.anonymousBytes))
    metrics.set(.cpuSeconds, daemon.cpuSeconds)
    metrics.set(.startTime, Double(daemon.startedAt.milliseconds) / 1000)
    metrics.set(.restarts, Double(daemon.restarts))
    metrics.set(.lastExit, 1, ("reason", daemon.lastExit.map(Self.exit) ?? "none"))
    metrics.set(.clients, Double(daemon.clients))
    metrics.set(.buildInfo, 1, ("version", daemon.version), ("commit", daemon.commit))
  }

  /// `failed: …` without its sentence, which has no bound.
  private static func exit(_ text: String) -> String { String(text.prefix { $0 != ":" }) }
}
