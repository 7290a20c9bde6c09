import FonanaCore
import Metrics
import Synchronization
import SyncEngine

/// Counts what the daemon's parts report.
struct DaemonMetrics: Sendable {
  let registry = MetricsRegistry()
  let requestTimes = LatencyBox()

  init() {
    // A counter that has counted nothing says so.
    for name in [MetricName.reconnects, .droppedSubscribers] { count(name, by: 0) }
    set(.openSockets, 0)
    for name in [MetricName.pushToDisk, .sendRoundTrip] { _ = timer(name) }
  }

  func observe(_ observation: EngineObservation) {
    switch observation {
    case .connected(let isAgain):
      count(.connectionAttempts, ("outcome", "connected"), ("reason", ""))
      if isAgain { count(.reconnects) }
    case .connectionFailed(let reason):
      count(.connectionAttempts, ("outcome", "failed"), ("reason", reason))
    case .connectionGivenUp:
      count(.connectionAttempts, ("outcome", "given-up"), ("reason", ""))
    case .connectionLost(let reason): count(.connectionsLost, ("reason", reason))
    case .tokenRequested(let cause, let outcome):
      count(.tokenRefreshes, ("cause", cause.rawValue), ("outcome", outcome))
    case .pushStored(let duration): timer(.pushToDisk).record(duration: duration)
    case .sendConfirmed(let duration): timer(.sendRoundTrip).record(duration: duration)
    }
  }

  func requestEnded(_ request: ServerRequest, _ answer: ServerAnswer, after duration: Duration) {
    let route = ("route", Route(request).rawValue)
    count(.requests, route, ("outcome", answer.outcomeClass))
    timer(.requestDuration, route).record(duration: duration)
    requestTimes.add(duration)
  }

  func socketOpened() { openSockets.increment() }
  func socketClosed() { openSockets.decrement() }
  func subscriberDropped() { count(.droppedSubscribers) }

  /// Of what is measured, or counted, elsewhere.
  func set(_ name: MetricName, _ value: Double, _ labels: (String, String)...) {
    Meter(label: name.rawValue, dimensions: labels, factory: registry).set(value)
  }

  private var openSockets: Meter {
    Meter(label: MetricName.openSockets.rawValue, factory: registry)
  }

  private func count(_ name: MetricName, by amount: Int = 1, _ labels: (String, String)...) {
    Counter(label: name.rawValue, dimensions: labels, factory: registry).increment(by: amount)
  }

  private func timer(_ name: MetricName, _ labels: (String, String)...) -> Metrics.Timer {
    Metrics.Timer(label: name.rawValue, dimensions: labels, factory: registry)
  }
}

/// The last durations, from any task.
final class LatencyBox: Sendable {
  private let state = Mutex(LatencySeries())

  var series: LatencySeries { state.withLock { $0 } }

  func add(_ duration: Duration) { state.withLock { $0.add(duration) } }
}
