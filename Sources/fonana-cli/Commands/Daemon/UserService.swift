import ControlProtocol
import FonanaCore
import Glibc

/// The daemon as a service of the user's systemd.
struct UserService {
  private let context: Context
  private let unit: SystemdUnit
  private let files: UnitFiles

  init(_ context: Context) throws(FonanaError) {
    guard let unit = SystemdUnit(for: context.paths.profile, context.environment) else {
      throw Self.missing(context)
    }
    (self.context, self.unit) = (context, unit)
    files = UnitFiles(context.environment)
  }

  /// A daemon that runs already gives way to the one of the service.
  func enable() throws(FonanaError) -> Done<EnabledService> {
    unit.reload()
    if !unit.isKnown {
      try files.write(for: try DaemonExecutable.find(context.environment))
      unit.reload()
    }
    _ = try DaemonControl(context).stop()
    guard unit.enable() else { throw Self.failed("started") }
    let hello = try context.connect(.never).call(
      Calls.hello, HelloRequest(clientVersion: BuildInfo.version))
    let lingers = Self.lingers
    return Done(
      "enabled: runs now (pid \(hello.pid)) and after every login"
        + (lingers ? "" : "\n\(Self.lingerAdvice)"),
      EnabledService(pid: hello.pid, lingers: lingers))
  }

  func disable() throws(FonanaError) -> Done<DisabledService> {
    guard unit.isKnown else { return Done("not enabled", DisabledService()) }
    guard unit.disable() else { throw Self.failed("stopped") }
    files.remove()
    unit.reload()
    return Done(
      "disabled: stopped; commands start the daemon by themselves again", DisabledService())
  }

  private static let lingerAdvice =
    "It ends when you have logged out everywhere. To let it run on, also after a start of the\n"
    + "machine without a login, type “loginctl enable-linger”."

  /// Whether the user's services outlive the last session.
  private static var lingers: Bool {
    guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else { return false }
    return access("/var/lib/systemd/linger/" + String(cString: name), F_OK) == 0
  }

  private static func missing(_ context: Context) -> FonanaError {
    guard context.paths.profile == .standard else {
      return FonanaError(
        .invalidInput, "Only the default profile has a systemd unit.",
        hint: "Leave --profile out, or type “fonana daemon start”.")
    }
    for name in ["FONANA_HOME", "FONANA_DAEMON"]
    where context.environment[name]?.isEmpty == false {
      return FonanaError(
        .invalidInput, "\(name) is set, and the service knows the usual places only.",
        hint: "Unset it, or type “fonana daemon start”.")
    }
    return FonanaError(
      .daemonUnavailable, "There is no systemd of this user.",
      hint: "Log in on the machine itself or by ssh, not by su; else type “fonana daemon start”.",
      retryable: false)
  }

  private static func failed(_ what: String) -> FonanaError {
    FonanaError(
      .daemonUnavailable, "The service could not be \(what).",
      hint: "Look at “systemctl --user status fonanad.service” and “fonana logs”.")
  }
}

struct EnabledService: Codable {
  var enabled = true
  var pid: Int32
  /// It runs on when the user has logged out everywhere.
  var lingers: Bool
}

struct DisabledService: Codable {
  var enabled = false
}
