import ControlProtocol
import FonanaAPI
import FonanaCore

/// What the checks work with: in the daemon, or without one.
struct DoctorBench: Sendable {
  let paths: ProfilePaths
  let environment: [String: String]
  /// As the daemon would start now, or why it can't.
  let launch: Result<DaemonLaunch, FonanaError>
  /// nil: this process is not the profile's daemon.
  let daemon: DaemonContext?
  let isOffline: Bool
  /// Of the command that asks.
  let clientVersion: String?

  /// For checks behind `configuration`.
  var api: APIConfiguration? { daemon?.launch.api ?? (try? launch.get())?.api }

  var configuration: DaemonConfiguration? {
    daemon?.configuration ?? (try? launch.get())?.configuration
  }

  /// The daemon's own, which has asked already.
  var credentials: CredentialKeeper {
    daemon?.credentials
      ?? CredentialKeeper(
        paths, wantsService: configuration?.wantsSecretService == true, environment)
  }

  var probe: ServerProbe? { api.map { ServerProbe($0) } }
}
