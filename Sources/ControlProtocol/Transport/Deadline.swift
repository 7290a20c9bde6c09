/// An end of waiting as `poll(2)` wants it.
struct Deadline {
  private let end: ContinuousClock.Instant?

  /// nil: never.
  init(_ limit: Duration?) { end = limit.map { ContinuousClock.now + $0 } }

  /// -1: without end.
  var millisecondsLeft: Int32 {
    guard let end else { return -1 }
    let left = ContinuousClock.now.duration(to: end)
    guard left > .zero else { return 0 }
    let (seconds, attoseconds) = left.components
    // Rounded up: a wait that ends early would spin.
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
    return Int32(clamping: milliseconds)
  }
}
