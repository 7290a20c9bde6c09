import Glibc

/// The user's systemd, as far as a command needs it. Only the default profile has units.
package struct SystemdUnit: Sendable {
  package static let service = "fonanad.service"
  package static let socket = "fonanad.socket"
  private static let places: [String] = ["/usr/bin/systemctl", "/bin/systemctl"]

  private let environment: [String: String]
  private let systemctl: String

  /// nil when there is no user manager, or when the files are not in their usual places.
  package init?(for profile: ProfileName, _ environment: [String: String]) {
    guard profile == .standard, environment["FONANA_HOME"]?.isEmpty ?? true,
      environment["FONANA_DAEMON"]?.isEmpty ?? true, let runtime = environment["XDG_RUNTIME_DIR"],
      access(runtime + "/systemd/private", F_OK) == 0,
      let systemctl = Self.places.first(where: { access($0, X_OK) == 0 })
    else { return nil }
    self.environment = environment
    self.systemctl = systemctl
  }

  var isEnabled: Bool { run("is-enabled", "--quiet", Self.service) }

  /// Whether the manager has a file for it.
  package var isKnown: Bool { run("cat", Self.service) }

  func start() -> Bool { run("start", Self.service) }

  /// Makes the manager read the files anew.
  @discardableResult
  package func reload() -> Bool { run("daemon-reload") }

  /// For now and every login.
  package func enable() -> Bool {
    run("enable", "--quiet", Self.service, Self.socket) && run("start", Self.socket, Self.service)
  }

  /// Stops both too.
  package func disable() -> Bool {
    run("stop", Self.socket, Self.service) && run("disable", "--quiet", Self.service, Self.socket)
  }

  private func run(_ arguments: String...) -> Bool {
    let child = try? ChildProcess(
      systemctl, ["--user"] + arguments, environment: environment, input: .discard,
      output: .discard, error: .discard)
    return child?.waitForExit() == 0
  }
}
