import ControlProtocol
import FonanaCore
import Glibc

/// What the first process of a container owes to the others, and no other process does: it takes
/// the ends of those whose parents are gone. The daemon is its child, since the daemon may take
/// only the ends of its own children.
enum FirstProcess {
  static var isThis: Bool { getpid() == 1 }

  /// Runs the daemon, passes on what it is told, and gives the daemon's exit code.
  static func run(
    _ arguments: [String], _ environment: [String: String]
  ) throws(FonanaError) -> Int32 {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGCHLD, SIGTERM, SIGINT] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let daemon = try ChildProcess("/proc/self/exe", arguments, environment: environment)
    while true {
      var signal: Int32 = 0
      guard sigwait(&signals, &signal) == 0 else { continue }
      if signal != SIGCHLD { kill(daemon.pid, signal) }
      if let code = collect(daemon.pid) { return code }
    }
  }

  /// The daemon's exit code, when it is among those that have ended.
  private static func collect(_ daemon: pid_t) -> Int32? {
    var code: Int32?
    var status: Int32 = 0
    while true {
      let ended = waitpid(-1, &status, WNOHANG)
      guard ended > 0 else { return code }
      if ended == daemon { code = ChildProcess.code(status) }
    }
  }
}
