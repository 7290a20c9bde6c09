/// What `GET /metrics` answers with: the numbers of the daemon in the text format of Prometheus.
protocol MetricsSource: Sendable {
  func text() async -> String
}
