import NIOCore

/// How many frames that say nothing of messages a peer may send: each makes a little work, and who
/// sends them faster than it is done would fill the memory.
struct FrameAllowance {
  private static let (atOnce, perSecond) = (500.0, 50.0)

  private var left = atOnce
  private var lastAt: NIODeadline?

  /// False when there were too many.
  mutating func take(at now: NIODeadline) -> Bool {
    if let lastAt {
      let seconds = Double((now - lastAt).nanoseconds) / 1e9
      left = min(Self.atOnce, left + seconds * Self.perSecond)
    }
    lastAt = now
    left -= 1
    return left >= 0
  }
}
