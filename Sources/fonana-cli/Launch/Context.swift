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

  func connect(_ start: DaemonLauncher.Start = .automatically) throws(FonanaError) -> Daemon {
    let client = try launcher.client(start)
    if global.verbose { output.note("connected to the daemon of profile “\(paths.profile)”") }
    return Daemon(client, context: self)
  }

  /// One request to the daemon, which is started when it does not run. A daemon that ends before
  /// it has answered is asked again once: every request of this kind may be repeated.
  func call<P: Encodable, R: Decodable>(
    _ call: Call<P, R>, _ parameters: P, patience: Duration? = ControlClient.usualPatience
  ) throws(FonanaError) -> R {
    let daemon = try connect()
    do {
      return try daemon.call(call, parameters, patience: patience)
    } catch  where error.code == .daemonUnavailable {
      return try connect().call(call, parameters, patience: patience)
    }
  }
}
