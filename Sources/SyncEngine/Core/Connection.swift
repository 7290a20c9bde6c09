package import FonanaCore

/// The WebSocket as far as decisions go. Never more than one socket at a time.
package struct Connection: Sendable {
  package enum State: Sendable, Equatable {
    /// No token, or not wanted. → connecting
    case idle
    /// The timer runs. → connecting, idle
    case waiting
    /// Upgrade under way, or the `connected` frame still to come. → connected, waiting, verifying
    case connecting(SocketID)
    /// Events may come. → waiting, verifying, closing
    case connected(SocketID)
    /// We end it, and open the next one when it has ended. → connecting, idle
    case closing(SocketID, reopen: Bool)
    /// The server refused it: is it the token? No socket is open. → connecting, waiting
    case verifying
  }

  package var state: State = .idle
  package var since: Timestamp?
  package private(set) var backoff = Backoff.socket
  /// On the boot-time clock: since when no connection has lasted.
  package private(set) var outageSince: Duration?
  /// On the boot-time clock: an outage that begins with a failure began with its attempt.
  package var attemptedAtBoot: Duration?
  package var succeeded = 0
  package var failed = 0
  package var lastError: FonanaError?
  package var lastEventAt: Timestamp?
  package var lastPongAt: Timestamp?
  package var nextAttemptAt: Timestamp?
  package var isPushSeen = false
  /// The last end was not ours: the server may still remove our next event slot
  /// (docs/protocol.md, 8).
  package var endedUncleanly = false
  package var isWanted = true

  package init() {}

  package var socket: SocketID? {
    switch state {
    case .connecting(let id), .connected(let id), .closing(let id, _): id
    case .idle, .waiting, .verifying: nil
    }
  }

  /// The next delay's range. After the first minute of an outage at most two attempts a minute,
  /// however long each one takes. `isUnused`: nobody waits, so that many clients of a platform that
  /// was restarted come back over 40 s instead of all at once. They go on in even steps: so their
  /// moments stay spread as the first ones were, whenever the platform is back.
  package mutating func nextDelay(at boot: Duration, minute: Duration, isUnused: Bool) -> (
    low: Duration, high: Duration
  ) {
    let isFirst = backoff.failures == 0
    var delay = backoff.next()
    if isUnused {
      delay = isFirst ? (.zero, .seconds(40)) : (.seconds(38), .seconds(42))
    }
    guard let outageSince, boot - outageSince >= minute else { return delay }
    return (max(delay.low, .seconds(30)), max(delay.high, .seconds(60)))
  }

  package mutating func noteOutage(at boot: Duration) { outageSince = outageSince ?? boot }

  /// A connection has lasted, or a person wants one now.
  package mutating func forgetOutage() {
    backoff.reset()
    outageSince = nil
  }

  package var isConnected: Bool { if case .connected = state { true } else { false } }
  package var isVerifying: Bool { state == .verifying }
}
