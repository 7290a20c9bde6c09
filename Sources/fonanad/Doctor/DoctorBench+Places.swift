import ControlProtocol
import FonanaCore

extension DoctorBench {
  /// In the daemon. The configuration is read again, to see whether the daemon still runs by it.
  init(_ context: DaemonContext, _ request: DoctorRequest) {
    let launch = context.launch
    var options = LaunchOptions()
    (options.profile, options.timeScale) = (launch.paths.profile.text, launch.timeScale)
    options.logLevel = launch.logLevelFlag
    self.init(
      paths: launch.paths, environment: launch.environment,
      launch: Self.launch(options, launch.environment), daemon: context,
      isOffline: request.offline, clientVersion: request.clientVersion)
  }

  /// Without a daemon.
  init(_ options: LaunchOptions, _ environment: [String: String]) throws(FonanaError) {
    self.init(
      paths: try ProfilePaths(profile: options.profile, environment: environment),
      environment: environment, launch: Self.launch(options, environment), daemon: nil,
      isOffline: options.isOffline, clientVersion: options.clientVersion)
  }

  private static func launch(
    _ options: LaunchOptions, _ environment: [String: String]
  ) -> Result<DaemonLaunch, FonanaError> {
    let environment = environment.filter { $0.key != "FONANA_AUTOSTARTED" }
    return Result { () throws(FonanaError) in
      try DaemonLaunch(options: options, environment: environment)
    }
  }
}
