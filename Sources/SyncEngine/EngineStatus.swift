package import FonanaCore

/// What `status` tells of the engine; a value, made by the core after each event.
package struct EngineStatus: Sendable, Equatable, Codable {
  package enum Token: String, Sendable, Codable { case valid, expired, missing, refused }
  package enum Connection: String, Sendable, Codable {
    case connected, connecting, waiting, offline, stopped
  }
  package enum Sync: String, Sendable, Codable { case synced, syncing, behind }

  package var account: AccountRecord?
  package var generation: ServerGeneration?
  package var serverVersion: String?

  package var token: Token = .missing
  package var tokenIssuedAt: Timestamp?
  package var tokenExpiresAt: Timestamp?
  package var tokenNextRefreshAt: Timestamp?
  package var tokenRefreshes = 0
  /// Those that refuse a token which others take; each is tried again, less and less often.
  package var routesRefusingToken: [Route] = []

  package var isServerReachable = false
  /// Just after the start: it has not answered yet, and there was no time for it.
  package var isFirstSignAwaited = false
  package var lastSuccessAt: Timestamp?
  package var lastServerError: FonanaError?

  package var connection: Connection = .offline
  package var connectionSince: Timestamp?
  package var connectionsSucceeded = 0
  package var connectionsFailed = 0
  package var lastConnectionError: FonanaError?
  package var lastEventAt: Timestamp?
  package var lastPongAt: Timestamp?
  package var nextAttemptAt: Timestamp?
  /// A new message was pushed at least once: this server pushes.
  package var isPushSeen = false

  package var sync: Sync = .behind
  /// What is asked for does not come, though somebody answers; or it can't be kept.
  package var isAskedInVain = false
  package var lastPullAt: Timestamp?
  package var lastListAt: Timestamp?
  /// Everything the list showed at this time is at least known as an island.
  package var completeUpTo: Timestamp?
  package var pendingPulls = 0
  package var gaps = 0
  /// Conversations with messages that are too large or broken.
  package var unreadable = 0
  package var missed: MissedMessages?
  /// Messages that the server does not have yet, as on the disk.
  package var waiting = 0

  /// It is worth a short wait.
  package var mayAnswer: Bool { isServerReachable || isFirstSignAwaited }

  /// How long that is: before its first sign a second at most.
  package func patience(upTo limit: Duration) -> Duration {
    isServerReachable ? limit : min(limit, Link.firstSign)
  }

  package init() {}
}
