import ControlProtocol
import FonanaCore
import SyncEngine

@testable import fonanad

/// What a daemon has counted of its connection: in its metrics, in the history, and in `status`.
struct ConnectionCount: Sendable {
  struct History: Sendable {
    var attempts = 0
    var succeeded = 0
    var failed = 0
    var lost = 0
    var connected = Duration.zero
    /// With those that the picture calls `other`.
    var reasons: [String: Int] = [:]
  }

  /// By the daemon itself.
  private static let ends: Set<String> = ["timeout", "cancelled"]

  let status: StatusReport
  let history: History
  let connectedTime: Duration
  /// By reason.
  let failures: [String: Int]
  let losses: [String: Int]
  let connected: Int
  let givenUp: Int
  let reconnects: Int
  let open: Int
  let refreshes: Int
  /// By route.
  let requestsOf: [String: Int]
  /// By route: those whose answer was not waited for.
  let cutOff: [String: Int]

  init(_ context: DaemonContext, _ status: StatusReport) throws {
    self.status = status
    let diagnostics = context.engine.diagnostics
    let metrics = status.metrics
    func attempts(_ outcome: String) -> [String: Int] {
      metrics.attempts.filter { $0.outcome == outcome }.reduce(into: [:]) {
        $0[$1.reason, default: 0] += $1.count
      }
    }
    failures = attempts("failed")
    connected = attempts("connected").values.reduce(0, +)
    givenUp = attempts("given-up").values.reduce(0, +)
    losses = metrics.lost.reduce(into: [:]) { $0[$1.reason, default: 0] += $1.count }
    connectedTime = diagnostics.connectedTime
    history = diagnostics.periods.reduce(into: History()) { sum, period in
      sum.attempts += period.attempts
      sum.succeeded += period.succeeded
      sum.failed += period.failed
      sum.lost += period.lost
      sum.connected += period.connected
      sum.reasons.merge(period.reasons, uniquingKeysWith: +)
    }
    let page = try PrometheusPage(PrometheusText(context.metrics.registry).text)
    reconnects = Int(page["fonana_reconnects_total"] ?? -1)
    open = Int(page["fonana_open_sockets"] ?? -1)
    refreshes = Int(page.sum("fonana_token_refreshes_total") { _ in true })
    requestsOf = metrics.requests.reduce(into: [:]) { $0[$1.route, default: 0] += $1.count }
    cutOff = metrics.requests.filter { Self.ends.contains($0.outcome) }
      .reduce(into: [:]) { $0[$1.route, default: 0] += $1.count }
  }

  var failed: Int { failures.values.reduce(0, +) }
  var lost: Int { losses.values.reduce(0, +) }
  /// That have begun, one of which may not have ended.
  var attempts: Int { history.attempts }
  var requests: Int { requestsOf.values.reduce(0, +) }

  /// How many the server can have seen of a route, or of all: one that was cut off may not have come.
  func seen(_ route: String? = nil) -> ClosedRange<Int> {
    let all = route.map { requestsOf[$0] ?? 0 } ?? requests
    let unsure = route.map { cutOff[$0] ?? 0 } ?? cutOff.values.reduce(0, +)
    return all - unsure...all
  }
}
