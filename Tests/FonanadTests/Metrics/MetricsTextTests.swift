import CoreMetrics
import Testing

@testable import fonanad

@Suite struct MetricsTextTests {
  private func counter(_ registry: MetricsRegistry, _ labels: (String, String)...) -> Counter {
    Counter(label: MetricName.requests.rawValue, dimensions: labels, factory: registry)
  }

  @Test func countersAreWrittenWithHelpTypeAndLabels() throws {
    let registry = MetricsRegistry()
    counter(registry, ("route", "send"), ("outcome", "ok")).increment(by: 3)
    counter(registry, ("outcome", "ok"), ("route", "send")).increment()
    counter(registry, ("route", "a\"b\\c\nd"), ("outcome", "ok")).increment()
    let text = PrometheusText(registry).text
    #expect(
      text == """
        # HELP fonana_requests_total Requests to the server, by route and class of outcome.
        # TYPE fonana_requests_total counter
        fonana_requests_total{outcome="ok",route="a\\"b\\\\c\\nd"} 1
        fonana_requests_total{outcome="ok",route="send"} 4

        """)
    let page = try PrometheusPage(text)
    #expect(page["fonana_requests_total", ["outcome": "ok", "route": "a\"b\\c\nd"]] == 1)
  }

  @Test func aHistogramAddsItsBucketsUp() throws {
    let registry = MetricsRegistry()
    let timer = Timer(label: MetricName.pushToDisk.rawValue, factory: registry)
    for milliseconds: Int64 in [1, 2, 30, 400, 90_000] {
      timer.recordNanoseconds(milliseconds * 1_000_000)
    }
    let page = try PrometheusPage(PrometheusText(registry).text)
    let bucket = "fonana_push_to_disk_seconds_bucket"
    #expect(page[bucket, ["le": "0.001"]] == 1)
    #expect(page[bucket, ["le": "0.05"]] == 3)
    #expect(page[bucket, ["le": "60"]] == 4 && page[bucket, ["le": "+Inf"]] == 5)
    #expect(page["fonana_push_to_disk_seconds_count"] == 5)
    #expect(abs((page["fonana_push_to_disk_seconds_sum"] ?? 0) - 90.433) < 0.000_001)
  }

  @Test func labelsOfAServerDoNotFillTheMemory() throws {
    let registry = MetricsRegistry()
    for status in 0..<1000 { counter(registry, ("outcome", "http-\(status)")).increment() }
    let series = registry.numbers(.requests)
    #expect(series.count == 65 && series.reduce(0) { $0 + $1.value } == 1000)
    #expect(series.first { $0.labels.first?.value == "other" }?.value == 936)
  }

  @Test func aGaugeIsWhatItWasSetToLast() throws {
    let metrics = DaemonMetrics()
    metrics.set(.storeBytes, 5)
    metrics.set(.storeBytes, 2.5)
    for _ in 0..<3 { metrics.socketOpened() }
    metrics.socketClosed()
    let page = try PrometheusPage(PrometheusText(metrics.registry).text)
    #expect(page["fonana_store_bytes"] == 2.5 && page["fonana_open_sockets"] == 2)
    #expect(page["fonana_reconnects_total"] == 0, "what has not happened is zero")
  }

  @Test(arguments: [
    "fonana_x 1\n", "# HELP a b\n# TYPE a counter\na 1", "# HELP a b\n# TYPE a count\na 1\n",
    "# HELP a b\n# TYPE a counter\na{b=\"c} 1\n", "# HELP a b\n# TYPE a counter\na 1\na 2\n",
    "# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_sum 1\na_count 2\n",
  ])
  func theTestsOwnReaderRefusesWhatIsWrong(_ text: String) {
    #expect(throws: PrometheusPage.Malformed.self) { try PrometheusPage(text) }
  }
}
