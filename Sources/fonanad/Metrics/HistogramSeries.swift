import CoreMetrics
import Synchronization

/// Durations of one kind in seconds, counted by how long they were.
final class HistogramSeries: TimerHandler, RecorderHandler, Sendable {
  struct Counts: Sendable, Equatable {
    /// One for each bound, and one for what is longer: not added up.
    var buckets = [Int](repeating: 0, count: HistogramSeries.bounds.count + 1)
    var sum = 0.0

    var count: Int { buckets.reduce(0, +) }
  }

  /// In seconds: from a commit on a quick disk to a request that runs into its limit.
  static let bounds = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
  ]

  private let state = Mutex(Counts())

  var counts: Counts { state.withLock { $0 } }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    let bucket = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
    state.withLock { counts in
      counts.buckets[bucket] += 1
      counts.sum += value
    }
  }
}
