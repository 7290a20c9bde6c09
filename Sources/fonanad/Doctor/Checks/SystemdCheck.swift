import ControlProtocol
import FonanaCore
import Glibc

/// Does the system start the daemon by itself?
struct SystemdCheck: DoctorCheck {
  private static let unit = "fonanad.service"

  let link = DoctorLink.systemd
  let title = "systemd unit"
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard bench.paths.profile == .standard else {
      return .skip("only the default profile has one")
    }
    guard bench.environment["FONANA_HOME"]?.isEmpty ?? true else {
      return .skip("FONANA_HOME is set; the unit serves the usual folders only")
    }
    guard let runtime = bench.environment["XDG_RUNTIME_DIR"],
      access(runtime + "/systemd/private", F_OK) == 0
    else { return .skip("there is no systemd of this user") }
    let arguments = ["--user", "is-enabled", Self.unit]
    let tried = "systemctl \(arguments.joined(separator: " "))"
    guard let answer = await SystemProgram.run("systemctl", arguments, bench.environment) else {
      return .skip("systemctl gives no answer")
    }
    let word = answer.output.prefix { $0 != "\n" }
    return answer.isSuccess
      ? .ok("“\(word)”", tried: tried)
      : .ok("not used: commands start the daemon when it is needed", tried: tried)
  }
}
