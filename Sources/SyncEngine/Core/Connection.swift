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
  package var backoff = Backoff.socket
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

  package var isConnected: Bool { if case .connected = state { true } else { false } }
  package var isVerifying: Bool { state == .verifying }
}
