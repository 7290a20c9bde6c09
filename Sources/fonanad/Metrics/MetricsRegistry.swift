import CoreMetrics
import Synchronization

/// Keeps the daemon's numbers; the backend of swift-metrics. Each daemon has its own, and the
/// process-wide one is left alone, so that two daemons of a test do not share their counters.
///
/// The mutex guards the tables; the series guard themselves.
final class MetricsRegistry: MetricsFactory, Sendable {
  struct Label: Hashable, Comparable, Sendable {
    var name: String
    var value: String

    static func < (left: Label, right: Label) -> Bool { left.name < right.name }
  }

  typealias Labels = [Label]

  private struct Tables {
    var numbers: [String: [Labels: NumberSeries]] = [:]
    var histograms: [String: [Labels: HistogramSeries]] = [:]
  }

  /// Some labels come from the server, and must not fill the memory: what comes after so many is
  /// counted as “other”.
  private static let mostSeries = 64

  private let tables = Mutex(Tables())

  /// In order of their labels; none: nothing was counted under this name.
  func numbers(_ name: MetricName) -> [(labels: Labels, value: Double)] {
    let series = tables.withLock { $0.numbers[name.rawValue] ?? [:] }
    return series.map { ($0.key, $0.value.value) }
      .sorted { $0.labels.map(\.value).lexicographicallyPrecedes($1.labels.map(\.value)) }
  }

  func histograms(_ name: MetricName) -> [(labels: Labels, counts: HistogramSeries.Counts)] {
    let series = tables.withLock { $0.histograms[name.rawValue] ?? [:] }
    return series.map { ($0.key, $0.value.counts) }
      .sorted { $0.labels.map(\.value).lexicographicallyPrecedes($1.labels.map(\.value)) }
  }

  // MARK: MetricsFactory

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    number(label, dimensions)
  }

  func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    number(label, dimensions)
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    number(label, dimensions)
  }

  func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    histogram(label, dimensions)
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(label, dimensions)
  }

  /// Series live as long as the registry: a counter must not begin anew.
  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}

  private func number(_ name: String, _ dimensions: [(String, String)]) -> NumberSeries {
    tables.withLock { tables in
      Self.series(in: &tables.numbers[name, default: [:]], dimensions) { NumberSeries() }
    }
  }

  private func histogram(_ name: String, _ dimensions: [(String, String)]) -> HistogramSeries {
    tables.withLock { tables in
      Self.series(in: &tables.histograms[name, default: [:]], dimensions) { HistogramSeries() }
    }
  }

  private static func series<Series>(
    in family: inout [Labels: Series], _ dimensions: [(String, String)], _ make: () -> Series
  ) -> Series {
    var labels = dimensions.map { Label(name: $0.0, value: $0.1) }.sorted()
    if family[labels] == nil, family.count >= mostSeries {
      labels = labels.map { Label(name: $0.name, value: "other") }
    }
    if let known = family[labels] { return known }
    let series = make()
    family[labels] = series
    return series
  }
}
