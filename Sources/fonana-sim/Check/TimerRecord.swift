/// Whether the core runs in circles (12): timers that fire hundreds of times within a second.
struct TimerRecord {
  private static let most = 500
  private var second: Int64 = -1
  private var count = 0

  /// Whether it is too often.
  mutating func fired(at now: Duration) -> Bool {
    if now.components.seconds != second { (second, count) = (now.components.seconds, 0) }
    count += 1
    return count > Self.most
  }
}
