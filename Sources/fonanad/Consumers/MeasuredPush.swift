/// Pushes lines to a client no faster than it reads them.
struct MeasuredPush {
  private static let limit = 64 << 10

  private let caller: Caller
  private let signal: AsyncStream<Void>.Continuation
  private var signals: AsyncStream<Void>.Iterator
  private var pushed = 0

  init(_ caller: Caller) {
    self.caller = caller
    let (stream, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    (self.signal, signals) = (signal, stream.makeAsyncIterator())
    caller.whenGone { signal.finish() }
  }

  /// False when the client is gone.
  mutating func push(_ line: [UInt8]) async -> Bool {
    if pushed > Self.limit {
      caller.whenWritten { [signal] in signal.yield() }
      guard await signals.next(isolation: #isolation) != nil else { return false }
      pushed = 0
    }
    caller.push(line)
    pushed += line.count
    return true
  }
}
