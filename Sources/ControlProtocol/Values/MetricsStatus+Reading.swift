import FonanaCore

/// `status.metrics`, read by hand (`JSONReader`).
extension MetricsStatus {
  init(_ metrics: JSONReader) throws(FonanaError) {
    self.init()
    attempts = try metrics.list("attempts") { row throws(FonanaError) in
      Attempts(
        outcome: try row.text("outcome"), reason: try row.text("reason"),
        count: try row.count("count"))
    }
    lost = try metrics.list("lost") { row throws(FonanaError) in
      ConnectionPeriod.Reason(reason: try row.text("reason"), count: try row.count("count"))
    }
    reconnects = try metrics.count("reconnects")
    connectedSeconds = try metrics.double("connectedSeconds")
    openSockets = try metrics.count("openSockets")
    lastDay = try LastDay(metrics.object("lastDay"))
    refreshes = try metrics.list("refreshes") { row throws(FonanaError) in
      Refreshes(
        cause: try row.text("cause"), outcome: try row.text("outcome"),
        count: try row.count("count"))
    }
    requests = try metrics.list("requests") { row throws(FonanaError) in
      Requests(
        route: try row.text("route"), outcome: try row.text("outcome"),
        count: try row.count("count"))
    }
    latencies = try Latencies(metrics.object("latencies"))
    outbox = try metrics.list("outbox") { row throws(FonanaError) in try Waiting(row) }
    mirrorLagSeconds = try metrics.optionalDouble("mirrorLagSeconds")
    droppedSubscribers = try metrics.count("droppedSubscribers")
  }
}

extension MetricsStatus.LastDay {
  fileprivate init(_ day: JSONReader) throws(FonanaError) {
    self.init(
      attempts: try day.count("attempts"), succeeded: try day.count("succeeded"),
      failed: try day.count("failed"), lost: try day.count("lost"),
      connectedSeconds: try day.double("connectedSeconds"))
  }
}

extension MetricsStatus.Latencies {
  fileprivate init(_ latencies: JSONReader) throws(FonanaError) {
    self.init(
      pushToDisk: try LatencyInfo(latencies.object("pushToDisk")),
      sendRoundTrip: try LatencyInfo(latencies.object("sendRoundTrip")),
      request: try LatencyInfo(latencies.object("request")))
  }
}

extension LatencyInfo {
  fileprivate init(_ latency: JSONReader) throws(FonanaError) {
    self.init(
      count: try latency.count("count"), p50Ms: try latency.optionalDouble("p50Ms"),
      p99Ms: try latency.optionalDouble("p99Ms"))
  }
}

extension MetricsStatus.Waiting {
  fileprivate init(_ row: JSONReader) throws(FonanaError) {
    self.init(
      state: try row.word("state") { OutboxEntry.State(rawValue: $0) },
      count: try row.count("count"), oldestSeconds: try row.optionalDouble("oldestSeconds"))
  }
}
