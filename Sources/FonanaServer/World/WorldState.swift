/// The server's database and its rules: synchronous, without I/O, deterministic for a given clock.
///
/// `World` guards one value of it with a lock. Changes that a restart must bring back go through
/// `perform(_:)`; counters and the request log are of this run only.
package struct WorldState: Sendable {
  let settings: Settings
  package internal(set) var counters = ServerCounters()
  /// The newest requests, oldest first.
  package internal(set) var requestLog: [RequestRecord] = []
  package internal(set) var pushSettings: PushSettings
  /// Routes, by label, that refuse every Bearer token: they verify with another secret.
  package internal(set) var routesRefusingTokens: Set<String> = []

  var ids: IDSource
  var users: [String: WorldUser] = [:]
  var userIDsByWallet: [String: String] = [:]
  /// Lower-case nicknames.
  var userIDsByNickname: [String: String] = [:]
  var conversations: [String: WorldConversation] = [:]
  /// In the order of their making.
  var conversationIDsByUser: [String: [String]] = [:]
  var conversationIDsByPair: [UserPair: String] = [:]
  var messagePlaces: [String: MessagePlace] = [:]
  var shelves: [String: NotificationShelf] = [:]
  var uploads: [String: UploadedFile] = [:]
  var lastIssuedAt: [String: Int64] = [:]
  var revokedUntil: [String: Int64] = [:]
  var allRevokedUntil: Int64 = 0

  /// Events that wait to be sent, in order.
  var outbox: [Push] = []
  var heldPush: Push?
  /// Acts that wait to be saved; nil without a data file.
  var unsaved: [WorldAct]?
  /// Why an act could not be saved: what this world answers from then on would not be true.
  var failure: DataFileError?

  struct Settings: Sendable {
    var generation: ServerGeneration
    var secret: String
    /// Seconds.
    var tokenLifetime: Int64
    var sendsUnreadNotifications: Bool
    /// Milliseconds since 1970.
    var now: @Sendable () -> Int64
  }

  struct UserPair: Hashable, Sendable {
    private let ids: Set<String>

    init(_ one: String, _ other: String) {
      ids = [one, other]
    }
  }

  struct MessagePlace: Sendable {
    let conversationID: String
    let createdAt: Int64
  }

  init(settings: Settings, pushes: Bool, seed: UInt64) {
    self.settings = settings
    pushSettings = PushSettings(isEnabled: pushes)
    ids = IDSource(seed: seed)
  }

  var generation: ServerGeneration { settings.generation }

  func now() -> Int64 { settings.now() }

  mutating func makeID() -> String { ids.next(at: now()) }
}
