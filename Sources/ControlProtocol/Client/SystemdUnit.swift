import FonanaCore
import Glibc

/// The user's systemd, as far as a command needs it. Only the default profile has a unit.
struct SystemdUnit {
  private static let places: [String] = ["/usr/bin/systemctl", "/bin/systemctl"]

  private let environment: [String: String]
  private let systemctl: String

  /// nil when there is no user manager, or when the files are not in their usual places.
  init?(for profile: ProfileName, _ environment: [String: String]) {
    guard profile == .standard, environment["FONANA_HOME"] == nil,
      environment["FONANA_DAEMON"] == nil, let runtime = environment["XDG_RUNTIME_DIR"],
      access(runtime + "/systemd/private", F_OK) == 0,
      let systemctl = Self.places.first(where: { access($0, X_OK) == 0 })
    else { return nil }
    self.environment = environment
    self.systemctl = systemctl
  }

  var isEnabled: Bool { run("is-enabled", "--quiet") }

  func start() -> Bool { run("start") }

  private func run(_ verb: String, _ options: String...) -> Bool {
    let child = try? ChildProcess(
      systemctl, ["--user", verb] + options + ["fonanad.service"], environment: environment,
      input: .discard, output: .discard, error: .discard)
    return child?.waitForExit() == 0
  }
}
