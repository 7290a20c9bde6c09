package import FonanaCore
import Glibc

/// Finds the profile's daemon and starts it when nobody answers (docs/interface.md, Files).
package struct DaemonLauncher: Sendable {
  package enum Start: Sendable {
    case never
    /// Unless `FONANA_NO_AUTOSTART` or the daemon's configuration says no.
    case automatically
    /// Because a person said so.
    case always
  }

  /// How long a started daemon may take until it answers.
  package static let patience = Duration.seconds(5)

  private let paths: ProfilePaths
  private let environment: [String: String]

  package init(_ paths: ProfilePaths, environment: [String: String]) {
    self.paths = paths
    self.environment = environment
  }

  /// A connection to the daemon, which is started if `start` allows it.
  package func client(_ start: Start) throws(FonanaError) -> ControlClient {
    if let client = try running() { return client }
    switch start {
    case .never: throw notRunning
    case .automatically where environment["FONANA_NO_AUTOSTART"].map(Self.isYes) == true:
      throw notRunning
    case .automatically, .always: return try startAndConnect(start)
    }
  }

  /// The daemon at the own socket, else the one that a held lock names; nil when there is none.
  package func running() throws(FonanaError) -> ControlClient? {
    let socket = try paths.validatedSocket()
    if access(socket, F_OK) == 0, let client = try reachable(socket) { return client }
    guard case .held(let record?) = LockFile.state(of: paths.lock), record.socketPath != socket
    else { return nil }
    return try reachable(record.socketPath)
  }

  /// nil when nobody answers; a peer of another user is an error.
  private func reachable(_ socket: String) throws(FonanaError) -> ControlClient? {
    do {
      return try ControlClient.connect(to: socket)
    } catch  where error.code == .daemonUnavailable {
      return nil
    }
  }

  private func startAndConnect(_ start: Start) throws(FonanaError) -> ControlClient {
    try PrivateFolder.prepare(paths.dataFolder)
    try PrivateFolder.prepare(paths.stateFolder)
    let lock = try StartLock.acquire(paths.startLock, within: Self.patience)
    defer { withExtendedLifetime(lock) {} }
    if let client = try running() { return client }
    guard lock != nil else { throw tooSlow }
    if let client = try awaitHolder() { return client }
    if let unit = SystemdUnit(for: paths.profile, environment), unit.isEnabled, unit.start() {
      return try awaitAnswer(of: nil)
    }
    return try awaitAnswer(of: try spawn(start))
  }

  /// A daemon that starts holds the lock before it answers, and one that stops does so after it: then
  /// nil, when it has ended.
  private func awaitHolder() throws(FonanaError) -> ControlClient? {
    let end = ContinuousClock.now + Self.patience
    while case .held = LockFile.state(of: paths.lock) {
      if let client = try running() { return first(client) }
      guard ContinuousClock.now < end else { throw silent }
      usleep(10_000)
    }
    return nil
  }

  private func first(_ client: ControlClient) -> ControlClient {
    client.isFirst = true
    return client
  }

  private func spawn(_ start: Start) throws(FonanaError) -> ChildProcess {
    var environment = environment
    if case .automatically = start { environment["FONANA_AUTOSTARTED"] = "1" }
    return try ChildProcess(
      try DaemonExecutable.find(environment), ["--profile", paths.profile.text],
      environment: environment, isDetached: true, input: .discard, output: .discard,
      error: .file(paths.startLog))
  }

  private func awaitAnswer(of child: ChildProcess?) throws(FonanaError) -> ControlClient {
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      if let client = try running() { return first(client) }
      if let code = child?.exitCodeIfEnded() {
        // Another daemon may have been quicker.
        if let client = try awaitHolder() { return client }
        throw StartReport.error(log: StartReport.read(paths.startLog), exitCode: code)
      }
      usleep(10_000)
    }
    throw tooSlow
  }

  private static func isYes(_ text: String) -> Bool { !["", "0", "false", "no"].contains(text) }

  private var notRunning: FonanaError {
    FonanaError(
      .daemonUnavailable, "The daemon of profile “\(paths.profile)” is not running.",
      hint: "Type “fonana daemon start”, or “fonana doctor” to find out why.")
  }

  private var silent: FonanaError {
    FonanaError(
      .daemonUnavailable,
      "The daemon of profile “\(paths.profile)” runs, but has not answered within 5 s.",
      hint: "It may be starting or stopping: look at \(paths.log), or type “fonana doctor”.")
  }

  private var tooSlow: FonanaError {
    FonanaError(
      .daemonUnavailable, "The daemon has not answered within 5 s of its start.",
      hint: "Look at \(paths.startLog) and \(paths.log), or type “fonana doctor”.")
  }
}
