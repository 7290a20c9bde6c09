/// `status.metrics`: the numbers of `GET /metrics` that stand nowhere else in the report. Since
/// the daemon's start, but for `lastDay`.
package struct MetricsStatus: Codable, Sendable, Hashable {
  /// Attempts to open the WebSocket that have ended.
  package struct Attempts: Codable, Sendable, Hashable {
    /// `connected`, `failed`, or `given-up` by ourselves.
    package var outcome: String
    /// Of the failure (docs/diagnosis.md); else empty.
    package var reason: String
    package var count: Int

    package init(outcome: String, reason: String, count: Int) {
      self.outcome = outcome
      self.reason = reason
      self.count = count
    }
  }

  /// The WebSocket over the last 24 h, also before a restart.
  package struct LastDay: Codable, Sendable, Hashable {
    package var attempts: Int
    package var succeeded: Int
    package var failed: Int
    package var lost: Int
    package var connectedSeconds: Double

    package init(
      attempts: Int, succeeded: Int, failed: Int, lost: Int, connectedSeconds: Double
    ) {
      self.attempts = attempts
      self.succeeded = succeeded
      self.failed = failed
      self.lost = lost
      self.connectedSeconds = connectedSeconds
    }
  }

  package struct Refreshes: Codable, Sendable, Hashable {
    /// `login`, `scheduled`, `expired`, `refused`.
    package var cause: String
    /// `ok`, or the reason of the failure.
    package var outcome: String
    package var count: Int

    package init(cause: String, outcome: String, count: Int) {
      self.cause = cause
      self.outcome = outcome
      self.count = count
    }
  }

  package struct Requests: Codable, Sendable, Hashable {
    package var route: String
    /// `ok`, or the class of the failure.
    package var outcome: String
    package var count: Int

    package init(route: String, outcome: String, count: Int) {
      self.route = route
      self.outcome = outcome
      self.count = count
    }
  }

  package struct Latencies: Codable, Sendable, Hashable {
    package var pushToDisk: LatencyInfo
    package var sendRoundTrip: LatencyInfo
    package var request: LatencyInfo

    package init(pushToDisk: LatencyInfo, sendRoundTrip: LatencyInfo, request: LatencyInfo) {
      self.pushToDisk = pushToDisk
      self.sendRoundTrip = sendRoundTrip
      self.request = request
    }
  }

  /// One state of the outbox.
  package struct Waiting: Codable, Sendable, Hashable {
    package var state: OutboxEntry.State
    package var count: Int
    @Nullable package var oldestSeconds: Double?

    package init(state: OutboxEntry.State, count: Int, oldestSeconds: Double? = nil) {
      self.state = state
      self.count = count
      self.oldestSeconds = oldestSeconds
    }
  }

  package var attempts: [Attempts] = []
  /// Connections that ended after the server's greeting, not by us.
  package var lost: [ConnectionPeriod.Reason] = []
  package var reconnects = 0
  package var connectedSeconds: Double = 0
  package var openSockets = 0
  package var lastDay = LastDay(
    attempts: 0, succeeded: 0, failed: 0, lost: 0, connectedSeconds: 0)
  package var refreshes: [Refreshes] = []
  package var requests: [Requests] = []
  package var latencies = Latencies(pushToDisk: .none, sendRoundTrip: .none, request: .none)
  package var outbox: [Waiting] = []
  /// Null: the mirror was never complete.
  @Nullable package var mirrorLagSeconds: Double?
  package var droppedSubscribers = 0

  package init() {}
}
