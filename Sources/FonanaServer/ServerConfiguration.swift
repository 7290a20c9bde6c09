package import Logging

package struct ServerConfiguration: Sendable {
  package var generation = ServerGeneration.b
  /// 0: any free port.
  package var httpPort = 0
  /// 0: any free port.
  package var webSocketPort = 0
  /// Signs the tokens.
  package var secret = "testsecret"
  /// Counted in whole seconds.
  package var tokenLifetime = Duration.seconds(30 * 86_400)
  /// Whether a new message is pushed to its recipient; nil: in generation A yes, in B no.
  package var pushesMessages: Bool?
  /// Whether `unread_notifications` follows a subscription.
  package var sendsUnreadNotifications = false
  /// From the upgrade to `connected`; frames that come before are lost.
  package var connectedDelay = Duration.milliseconds(2)
  /// A peer that misses one pong is dropped.
  package var pingInterval = Duration.seconds(30)
  /// Whether the control interface answers under `/_control/` on the HTTP port.
  package var offersControl = false
  /// A SQLite file that keeps the world over restarts; nil: in memory only.
  package var dataFile: String?
  /// Milliseconds since 1970.
  package var now: @Sendable () -> Int64 = { Timestamp.now() }
  package var logger = Logger(label: "fonana-server") { _ in SwiftLogNoOpLogHandler() }

  package init() {}

  package init(generation: ServerGeneration) {
    self.generation = generation
  }

  var worldSettings: WorldState.Settings {
    WorldState.Settings(
      generation: generation, secret: secret,
      tokenLifetime: max(1, tokenLifetime.components.seconds),
      sendsUnreadNotifications: sendsUnreadNotifications, now: now)
  }

  var pushes: Bool { pushesMessages ?? (generation == .a) }
}
