import ControlProtocol
import FonanaCore
import Glibc

/// What a command works with.
struct Context {
  let global: Globals
  let environment: [String: String]
  let output: Output
  let paths: ProfilePaths

  init(_ global: Globals, environment: [String: String]) throws(FonanaError) {
    self.global = global
    self.environment = environment
    output = Output(global, environment: environment)
    paths = try ProfilePaths(profile: global.profile, environment: environment)
  }

  /// Whether a person is there to answer a question.
  var canAsk: Bool { !global.noInput && !global.json && isatty(0) == 1 && isatty(2) == 1 }

  var launcher: DaemonLauncher { DaemonLauncher(paths, environment: environment) }

  /// Only what may begin a profile makes a daemon and folders for one that never was: its name is
  /// mistyped more often than not.
  func connect(
    _ start: DaemonLauncher.Start = .automatically, mayBegin: Bool = false
  ) throws(FonanaError) -> Daemon {
    if case .automatically = start, !mayBegin, isUnknown { throw Self.unknown(paths.profile) }
    let client = try launcher.client(start)
    if global.verbose { output.note("connected to the daemon of profile “\(paths.profile)”") }
    return Daemon(client, context: self)
  }

  /// One request to the daemon, which is started when it does not run. A daemon that ends before
  /// it has answered is asked again once: every request of this kind may be repeated. `showsNews`:
  /// a daemon that has to be started is given a second for them.
  func call<P: Encodable, R: Decodable>(
    _ call: Call<P, R>, _ parameters: P, patience: Duration? = ControlClient.usualPatience,
    mayBegin: Bool = false, showsNews: Bool = false
  ) throws(FonanaError) -> R {
    let daemon = try connect(mayBegin: mayBegin)
    if showsNews { daemon.awaitNews() }
    do {
      return try daemon.call(call, parameters, patience: patience)
    } catch  where error.code == .daemonUnavailable {
      return try connect().call(call, parameters, patience: patience)
    }
  }

  private var isUnknown: Bool {
    paths.profile != .standard && access(paths.dataFolder, F_OK) != 0
  }

  private static func unknown(_ profile: ProfileName) -> FonanaError {
    FonanaError(
      .notLoggedIn, "There is no profile “\(profile)”, so nobody is logged in with it.",
      hint: "Type “fonana profiles” to see all, or “fonana login --profile \(profile)” to begin it."
    )
  }
}
