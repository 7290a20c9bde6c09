import ControlProtocol
import FonanaCore
import Glibc

/// Does the daemon run, and is it of the command's version?
struct DaemonCheck: DoctorCheck {
  let link = DoctorLink.daemon
  let title = "Daemon"
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    let version =
      "version \(BuildInfo.version) (\(BuildInfo.commit)), built with "
      + BuildInfo.dependencies.joined(separator: ", ")
    guard bench.daemon != nil else { return notOurs(bench, version) }
    let pid = "pid \(getpid())"
    let tried = "asked it for its version"
    guard let client = bench.clientVersion, client != BuildInfo.version else {
      return .ok("runs, \(pid), \(version)", tried: tried)
    }
    return .warn(
      "runs, \(pid), \(version); the command is version \(DisplayText.line(client, limit: 20))",
      tried: tried,
      hint: "Type “fonana daemon restart”.")
  }

  private func notOurs(_ bench: DoctorBench, _ version: String) -> DoctorFinding {
    switch LockFile.state(of: bench.paths.lock) {
    case .free:
      return .warn(
        "does not run; \(version)", tried: bench.paths.lock,
        hint: "Type “fonana daemon start”; most commands do it by themselves.")
    case .held(let record):
      let pid = record.map { "process \($0.pid)" } ?? "a process"
      return .fail(
        "\(pid) holds the lock, but does not answer at \(record?.socketPath ?? "its socket")",
        tried: bench.paths.lock,
        hint: "It may be starting. Else type “kill \(record.map { "\($0.pid)" } ?? "PID")” and "
          + "“fonana daemon start”.")
    }
  }
}
