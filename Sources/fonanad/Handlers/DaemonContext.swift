import ControlProtocol
import FonanaAPI
import FonanaCore
import LocalStore
import Logging
import SyncEngine

/// What the handlers work with.
struct DaemonContext: Sendable {
  let launch: DaemonLaunch
  let store: LocalStore
  let engine: Engine
  let hub: EventHub
  let sessions = ConsumerSessions()
  let hooks = HookBoard()
  let images: OutgoingImages
  let credentials: CredentialKeeper
  let media: MediaSource
  let log: LogSink
  let startedAt: Timestamp
  let startedAtBoot: Duration
  let history: RunHistory
  let metrics: DaemonMetrics
  let clients: ClientCounter
  let popUps: NotificationSwitch
  /// The last time that the store was damaged, as long as its copy is kept.
  let rescue: StoreRescue?
  let doctorTurn = DoctorTurn()

  var paths: ProfilePaths { launch.paths }
  var configuration: DaemonConfiguration { launch.configuration }
  /// Scheme, host and port of the server.
  var origin: String { launch.api.origin }
  var mode: SyncMode { configuration.mode }
  var logger: Logger { log.logger(.control) }

  func account() async throws(FonanaError) -> AccountRecord? { try await store.account() }

  func requiredAccount() async throws(FonanaError) -> AccountRecord {
    guard let account = try await account() else { throw Self.notLoggedIn }
    return account
  }

  /// As `requiredAccount`, but a logout counts: the mirror remembers whose it is.
  func loggedInAccount() async throws(FonanaError) -> AccountRecord {
    let account = try await requiredAccount()
    guard try await isLoggedIn() else { throw Self.notLoggedIn }
    return account
  }

  /// As `loggedInAccount`, for what may wait: a secret file that can't be read is no logout.
  func sendingAccount() async throws(FonanaError) -> AccountRecord {
    let account = try await requiredAccount()
    do throws(FonanaError) {
      guard try await isLoggedIn() else { throw Self.notLoggedIn }
    } catch  where error.code == .badConfiguration {}
    return account
  }

  /// A token that could not be kept serves until the daemon ends.
  private func isLoggedIn() async throws(FonanaError) -> Bool {
    let isKept = try await credentials.load()?.isLoggedIn == true
    return isKept || engine.status.token == .valid
  }

  /// The engine reads its files some milliseconds after the socket answers; until then it would
  /// say that the token is missing.
  func status() async throws(FonanaError) -> EngineStatus {
    try await engine.ready()
    return engine.status
  }

  static let notLoggedIn = FonanaError(
    .notLoggedIn, "Nobody is logged in with this profile.",
    hint: "Type “fonana login --wallet ADDRESS”.")

  /// The conversation that a typed name means.
  func conversation(_ who: String) async throws(FonanaError) -> ConversationID {
    try Self.conversation(of: who, among: try await store.resolve(who))
  }

  static func conversation(
    of who: String, among matches: [RecipientMatch]
  ) throws(FonanaError) -> ConversationID {
    guard let match = try recipient(of: who, among: matches) else {
      throw FonanaError(
        .notFound, "Nobody called “\(DisplayText.line(who, limit: 60))” is known here.",
        hint: "Type “fonana inbox” to see your conversations.")
    }
    guard let id = match.conversationID else {
      throw FonanaError(
        .notFound, "There is no conversation with “\(DisplayText.line(who, limit: 60))” yet.",
        hint: "Begin one with “fonana send”.")
    }
    return id
  }

  /// nil: the mirror does not know the name. Two fits are an error.
  func recipient(_ who: String) async throws(FonanaError) -> RecipientMatch? {
    try Self.recipient(of: who, among: try await store.resolve(who))
  }

  static func recipient(
    of who: String, among matches: [RecipientMatch]
  ) throws(FonanaError) -> RecipientMatch? {
    guard matches.count > 1 else { return matches.first }
    let names = matches.prefix(5).map { $0.user?.wallet ?? $0.user?.id.rawValue ?? "?" }
    throw FonanaError(
      .ambiguous, "“\(DisplayText.line(who, limit: 60))” fits \(matches.count) users.",
      hint: "Use one of: \(names.map { DisplayText.line($0, limit: 60) }.joined(separator: ", ")).")
  }
}
