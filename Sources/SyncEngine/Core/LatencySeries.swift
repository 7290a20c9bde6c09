/// The last durations of one kind, for their quantiles.
package struct LatencySeries: Sendable, Equatable {
  private static let capacity = 512

  private var values: [Duration] = []
  private var next = 0
  /// All there ever were.
  package private(set) var count = 0

  package init() {}

  package mutating func add(_ value: Duration) {
    count += 1
    if values.count < Self.capacity {
      values.append(value)
    } else {
      values[next] = value
      next = (next + 1) % Self.capacity
    }
  }

  /// `share` between 0 and 1; nil without a value.
  package func quantile(_ share: Double) -> Duration? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let rank = Int((share * Double(sorted.count)).rounded(.up))
    return sorted[min(sorted.count - 1, max(0, rank - 1))]
  }
}
