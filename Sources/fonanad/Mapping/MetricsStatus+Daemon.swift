import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

extension MetricsStatus {
  init(
    _ metrics: DaemonMetrics, _ diagnostics: EngineDiagnostics, _ statistics: StoreStatistics,
    completeUpTo: Timestamp?, at now: Timestamp
  ) {
    self.init()
    count(metrics.registry)
    connectedSeconds = diagnostics.connectedTime.inSeconds
    lastDay = LastDay(diagnostics.periods)
    latencies = Latencies(
      pushToDisk: LatencyInfo(diagnostics.pushToDisk),
      sendRoundTrip: LatencyInfo(diagnostics.sendRoundTrip),
      request: LatencyInfo(metrics.requestTimes.series))
    outbox = Self.waiting(statistics, at: now)
    mirrorLagSeconds = completeUpTo.map { max(0, (now - $0).inSeconds) }
  }

  private mutating func count(_ registry: MetricsRegistry) {
    func numbers(_ name: MetricName) -> [(labels: [String], count: Int)] {
      registry.numbers(name).map { ($0.labels.map(\.value), Int($0.value)) }
    }
    // The labels stand in the order of their names.
    attempts = numbers(.connectionAttempts).map {
      Attempts(outcome: $0.labels[0], reason: $0.labels[1], count: $0.count)
    }
    lost = numbers(.connectionsLost).map {
      ConnectionPeriod.Reason(reason: $0.labels[0], count: $0.count)
    }
    refreshes = numbers(.tokenRefreshes).map {
      Refreshes(cause: $0.labels[0], outcome: $0.labels[1], count: $0.count)
    }
    requests = numbers(.requests).map {
      Requests(route: $0.labels[1], outcome: $0.labels[0], count: $0.count)
    }
    reconnects = numbers(.reconnects).first?.count ?? 0
    openSockets = numbers(.openSockets).first?.count ?? 0
    droppedSubscribers = numbers(.droppedSubscribers).first?.count ?? 0
  }

  private static func waiting(_ statistics: StoreStatistics, at now: Timestamp) -> [Waiting] {
    let shown = OutboxEntry.State.allCases.filter { $0 != .sent && $0 != .cancelled }
    return shown.map { state in
      let rows = statistics.outbox.filter { $0.key.shown == state.rawValue }
      let oldest = rows.values.map(\.oldest).min()
      return Waiting(
        state: state, count: rows.values.reduce(0) { $0 + $1.count },
        oldestSeconds: oldest.map { max(0, (now - $0).inSeconds) })
    }
  }
}

extension MetricsStatus.LastDay {
  fileprivate init(_ periods: [ConnectionHistory.Period]) {
    func sum(_ member: KeyPath<ConnectionHistory.Period, Int>) -> Int {
      periods.reduce(0) { $0 + $1[keyPath: member] }
    }
    self.init(
      attempts: sum(\.attempts), succeeded: sum(\.succeeded), failed: sum(\.failed),
      lost: sum(\.lost),
      connectedSeconds: periods.reduce(Duration.zero) { $0 + $1.connected }.inSeconds)
  }
}
