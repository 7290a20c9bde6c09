package import FonanaCore

/// The answer of `diagnostics.get`: what the daemon remembers of its work since its start.
package struct DiagnosticsReport: Codable, Sendable, Hashable {
  package struct Connection: Codable, Sendable, Hashable {
    package var periodSeconds: Int
    /// Of the last 24 h, oldest first; those in which nothing happened are left out.
    package var periods: [ConnectionPeriod]

    package init(periodSeconds: Int, periods: [ConnectionPeriod]) {
      self.periodSeconds = periodSeconds
      self.periods = periods
    }
  }

  package struct Latencies: Codable, Sendable, Hashable {
    /// From the frame that tells of a message to the commit that holds it.
    package var pushToDisk: LatencyInfo
    /// From the request to the server's confirmation.
    package var sendRoundTrip: LatencyInfo

    package init(pushToDisk: LatencyInfo, sendRoundTrip: LatencyInfo) {
      self.pushToDisk = pushToDisk
      self.sendRoundTrip = sendRoundTrip
    }
  }

  package struct PopUps: Codable, Sendable, Hashable {
    /// Neither switched off nor snoozed.
    package var isOn: Bool
    /// How many a notification service has taken.
    package var shown: Int

    package init(isOn: Bool, shown: Int) {
      self.isOn = isOn
      self.shown = shown
    }
  }

  package var connection: Connection
  package var latencies: Latencies
  package var popUps: PopUps

  package init(connection: Connection, latencies: Latencies, popUps: PopUps) {
    self.connection = connection
    self.latencies = latencies
    self.popUps = popUps
  }
}

/// The WebSocket in one period.
package struct ConnectionPeriod: Codable, Sendable, Hashable {
  package struct Reason: Codable, Sendable, Hashable {
    package var reason: String
    package var count: Int

    package init(reason: String, count: Int) {
      self.reason = reason
      self.count = count
    }
  }

  @RFC3339 package var from: Timestamp
  package var attempts: Int
  package var succeeded: Int
  /// Ended before the server's greeting.
  package var failed: Int
  /// Ended after it, not by us.
  package var lost: Int
  package var connectedSeconds: Double
  /// Of what failed and was lost; the most frequent first.
  package var reasons: [Reason]
  /// What happened to the machine: `slept`, `clock-set`, `network-changed`.
  package var incidents: [Reason]

  package init(
    from: Timestamp, attempts: Int, succeeded: Int, failed: Int, lost: Int,
    connectedSeconds: Double = 0, reasons: [Reason],
    incidents: [Reason] = []
  ) {
    self.from = from
    self.attempts = attempts
    self.succeeded = succeeded
    self.failed = failed
    self.lost = lost
    self.connectedSeconds = connectedSeconds
    self.reasons = reasons
    self.incidents = incidents
  }
}

/// Quantiles of the last 512; null before the first.
package struct LatencyInfo: Codable, Sendable, Hashable {
  /// All there were.
  package var count: Int
  @Nullable package var p50Ms: Double?
  @Nullable package var p99Ms: Double?

  /// Nothing was measured.
  package static let none = LatencyInfo(count: 0, p50Ms: nil, p99Ms: nil)

  package init(count: Int, p50Ms: Double?, p99Ms: Double?) {
    self.count = count
    self.p50Ms = p50Ms
    self.p99Ms = p99Ms
  }
}
