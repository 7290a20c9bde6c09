import ControlProtocol
import FonanaAPI
import FonanaCore
import Glibc
import SyncEngine

/// What a daemon is made of, read and checked before anything is touched.
struct DaemonLaunch: Sendable {
  let paths: ProfilePaths
  let configuration: DaemonConfiguration
  let api: APIConfiguration
  let timeScale: Int
  /// What the command line said of it.
  let logLevelFlag: String?
  let mutant: EngineMutant?
  private let isPaced: Bool
  let recordPath: String?
  let environment: [String: String]
  /// The engine's; another one lets a day pass in seconds.
  var clock: any EngineClock = SystemClock()
  /// nil: `notify-send`.
  var presenter: (any NotificationPresenter)?
  var writesToStandardError = true

  init(options: LaunchOptions, environment: [String: String]) throws(FonanaError) {
    self.environment = environment
    paths = try ProfilePaths(profile: options.profile, environment: environment)
    var configuration = try DaemonConfiguration(
      file: try ConfigurationFile(path: paths.configurationFile), environment: environment)
    if let level = options.logLevel { try configuration.override(.daemonLogLevel, with: level) }
    self.configuration = configuration
    var api = try configuration.api(
      outboxFolder: paths.outboxFolder, environment: environment)
    if ProxyAddress.isExempt(api.server, environment) { api.proxy = nil }
    if ProxyAddress.isExempt(api.socket, environment) { api.socketProxy = nil }
    logLevelFlag = options.logLevel
    (timeScale, mutant, recordPath) = (options.timeScale, options.mutant, options.recordPath)
    isPaced = options.isPaced
    if timeScale > 1 { try Self.checkLoopback(api, for: "--time-scale") }
    if mutant != nil { try Self.checkLoopback(api, for: "--mutant") }
    if !isPaced { try Self.checkLoopback(api, for: "--pace off") }
    if timeScale > 1 { api.limits = api.limits.scaled(by: timeScale) }
    api.followsRedirects = mutant == .followRedirects
    self.api = api
    try Self.checkAutostart(configuration, environment)
  }

  private static func checkLoopback(
    _ api: APIConfiguration, for option: String
  ) throws(FonanaError) {
    guard !api.server.isLoopback else { return }
    throw FonanaError(
      .invalidInput, "\(option) is only for a server on this machine itself.",
      hint: "Leave it out, or point server at a reference server on loopback.")
  }

  /// A command says so when it starts a daemon unasked.
  private static func checkAutostart(
    _ configuration: DaemonConfiguration, _ environment: [String: String]
  ) throws(FonanaError) {
    guard environment["FONANA_AUTOSTARTED"] == "1", !configuration.flag(.daemonAutostart) else {
      return
    }
    throw FonanaError(
      .daemonUnavailable, "The daemon does not run, and daemon.autostart is off.",
      hint: "Type “fonana daemon start”.")
  }

  var engine: EngineConfiguration {
    EngineConfiguration(
      origin: api.origin, mode: configuration.mode, reconcile: configuration.reconcile,
      timeScale: timeScale, mutant: mutant, isPaced: isPaced)
  }

  var socketLimits: SocketLoop.Limits {
    var limits = SocketLoop.Limits()
    limits.socketCheck /= timeScale
    return limits
  }

  var serviceManager: ServiceManager? { ServiceManager(environment) }

  var historyPath: String { paths.stateFolder + "/runs.json" }

  var snoozeFile: SnoozeFile { SnoozeFile(path: paths.stateFolder + "/snoozed-until") }

  var connectionHistory: ConnectionHistoryFile {
    ConnectionHistoryFile(path: paths.stateFolder + "/connections.json")
  }

  func lockRecord(_ socketPath: String) -> LockRecord {
    LockRecord(pid: getpid(), version: BuildInfo.version, socketPath: socketPath)
  }
}
